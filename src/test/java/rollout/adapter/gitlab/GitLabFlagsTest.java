package rollout.adapter.gitlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.plan.Percentage;
import rollout.port.FlagView;
import rollout.port.Flags;
import rollout.port.PortException;
import rollout.port.PortException.Kind;

/** What goes over the wire, and what strange and broken answers become. */
class GitLabFlagsTest {
  private static final FlagName FLAG = new FlagName("gitaly_x");
  private static final String OFF =
      "{\"name\":\"gitaly_x\",\"state\":\"off\",\"gates\":[{\"key\":\"boolean\",\"value\":false}]}";
  private static final HttpLimits LIMITS =
      new HttpLimits(Duration.ofSeconds(2), Duration.ofMillis(500), 4000);

  private final MockWebServer server = new MockWebServer();
  private final HttpClient client = new HttpClient();
  private Flags flags;

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
    flags = flags("http://127.0.0.1:" + server.getPort() + "/gitlab");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "5%, value=5&key=percentage_of_actors",
    "0.125%, value=0.125&key=percentage_of_actors",
    "99.999%, value=99.999&key=percentage_of_actors",
    "100%, value=true"
  })
  void aRaiseIsAFormToTheFlag(String exposure, String form) throws Exception {
    answer(201, OFF);
    raise(exposure);
    RecordedRequest request = server.takeRequest();
    assertEquals("POST /gitlab/api/v4/features/gitaly_x", line(request));
    assertEquals(form, request.getBody().utf8());
    assertEquals("Bearer glpat-token", request.getHeaders().get("Authorization"));
    assertEquals("close", request.getHeaders().get("Connection"));
  }

  @Test
  void offAndTheMarkerAreFormsToo() throws Exception {
    answer(201, OFF);
    answer(201, OFF);
    flags.switchOff(FLAG);
    flags.mark(FLAG, new Flags.User(7, "rollout-bot"), () -> true);
    assertEquals("value=false", server.takeRequest().getBody().utf8());
    assertEquals("value=true&user=rollout-bot", server.takeRequest().getBody().utf8());
  }

  @Test
  void theConnectionOfARaiseStandsBeforeItsLastCheck() throws Exception {
    answer(200, "[" + OFF + "]");
    answer(201, OFF);
    flags.raise(
        FLAG,
        Gate.PERCENTAGE_OF_ACTORS,
        Exposure.parse("5%"),
        () -> flags.read(FLAG).gates().isOff());
    RecordedRequest check = server.takeRequest();
    RecordedRequest sent = server.takeRequest();
    assertEquals("GET /gitlab/api/v4/features", line(check));
    assertEquals("POST /gitlab/api/v4/features/gitaly_x", line(sent));
    assertTrue(
        sent.getConnectionIndex() < check.getConnectionIndex(),
        "the raise must go over the connection that was opened first");
  }

  @Test
  void readingAsksForTheListOnly() throws Exception {
    answer(200, "[" + OFF.replace("gitaly_x", "gitaly_x2") + "," + OFF + "]");
    assertEquals(new FlagView("gitaly_x", "off", true, GateState.OFF, false), flags.read(FLAG));
    assertEquals("GET /gitlab/api/v4/features", line(server.takeRequest()));
    assertEquals(1, server.getRequestCount());
  }

  @Test
  void aRailsFlagThatIsNotPersistedFollowsItsDefinition() throws Exception {
    FlagName rails = new FlagName("new_library");
    answer(200, "[]");
    answer(200, "[{\"name\":\"new_library\",\"default_enabled\":true}]");
    assertTrue(flags.read(rails).defaultEnabled());
    answer(200, "[]");
    answer(404, "{\"error\":\"404 Not Found\"}");
    assertEquals(FlagView.absent("new_library"), flags.read(rails));
    answer(200, "[]");
    answer(500, "{}");
    assertEquals(Kind.NOT_DONE, fails(() -> flags.read(rails)).kind());
  }

  @Test
  void gatesOfEveryKindAreRead() throws Exception {
    GateState gates =
        gates(
            "{\"key\":\"boolean\",\"value\":false},"
                + "{\"key\":\"expression\",\"value\":null},"
                + "{\"key\":\"actors\",\"value\":[\"User:42\",\"User:43:opt_out\"]},"
                + "{\"key\":\"percentage_of_actors\",\"value\":5.0},"
                + "{\"key\":\"percentage_of_time\",\"value\":30},"
                + "{\"key\":\"groups\",\"value\":[\"team\"]},"
                + "{\"key\":\"moon\",\"value\":false},{\"key\":\"sun\",\"value\":[]}");
    assertEquals(
        new GateState(
            false,
            new TreeSet<>(Set.of("User:42", "User:43:opt_out")),
            new TreeSet<>(Set.of("team")),
            Percentage.parse("5%"),
            Percentage.parse("30%"),
            new TreeSet<>()),
        gates);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "null", "0.000", "0e5"})
  void aZeroIsNoGate(String zero) throws Exception {
    assertEquals(GateState.OFF, gates("{\"key\":\"percentage_of_actors\",\"value\":" + zero + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0001", "101", "-1", "\"5\"", "1e999999999", "1e-999999999", "true"})
  void aPercentageThatIsNoneIsNeverIgnored(String value) throws Exception {
    GateState gates = gates("{\"key\":\"percentage_of_actors\",\"value\":" + value + "}");
    assertEquals(1, gates.others().size(), gates::toString);
    assertFalse(gates.isOff());
  }

  @Test
  void anUnknownGateWithAMeaningIsNeverIgnored() throws Exception {
    assertEquals(
        Set.of("expression={\"Equal\":[1,2]}"),
        gates("{\"key\":\"expression\",\"value\":{\"Equal\":[1,2]}}").others());
    assertEquals(
        Set.of("boolean=\"yes\""), gates("{\"key\":\"boolean\",\"value\":\"yes\"}").others());
  }

  @Test
  void anAnswerAboutAnotherFlagIsUnknown() {
    answer(201, OFF.replace("gitaly_x", "gitaly"));
    PortException failure = fails(() -> raise("5%"));
    assertEquals(Kind.UNKNOWN, failure.kind());
    assertTrue(failure.getMessage().contains("\"gitaly\", not gitaly_x"), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | REFUSED  | {\"message\":\"400 Bad request - Not a percentage\"} | Not a percentage",
        "400 | REFUSED  | {\"error\":\"value is missing\"}                     | value is missing",
        "401 | REFUSED  | {\"message\":\"401 Unauthorized\"}                   | not expired?",
        "401 | REFUSED  | {\"error\":\"invalid_token\",\"error_description\":\"Token is expired.\"}"
            + " | Make a new token",
        "403 | REFUSED  | {\"error\":\"insufficient_scope\",\"scope\":\"api\"}  | scope api, and",
        "403 | REFUSED  | {\"message\":\"403 Forbidden\"}                      | administrators",
        "404 | REFUSED  | {\"error\":\"404 Not Found\"}                        | without /api/v4",
        "415 | REFUSED  | {\"error\":\"not supported\"}                        | not supported",
        "429 | NOT_DONE | Retry later                                          | Retry later",
        "429 | NOT_DONE | {\"message\":{\"error\":\"too many\"}}               | too many",
        "409 | UNKNOWN  | {\"message\":\"409 Conflict: Resource lock\"}        | Resource lock",
        "500 | UNKNOWN  | {\"message\":\"500 Internal Server Error\"}          | unknown",
        "502 | UNKNOWN  | <html><title>Not responding</title></html>           | an HTML page",
        "503 | UNKNOWN  | ''                                                   | an empty body",
        "200 | UNKNOWN  | {}                                                   | answered 200",
        "202 | UNKNOWN  | {}                                                   | answered 202",
        "201 | UNKNOWN  | {}                                                   | has no name",
        "201 | UNKNOWN  | {\"name\":\"gitaly_x\"}                              | no list of gates",
        "201 | UNKNOWN  | not json                                             | should be JSON",
        "204 | UNKNOWN  | ''                                                   | answered 204"
      })
  void anAnswerToAWriteSaysWhatIsKnown(int status, Kind kind, String body, String words) {
    answer(status, body);
    PortException failure = fails(() -> raise("5%"));
    assertEquals(kind, failure.kind());
    String message = failure.getMessage();
    assertTrue(message.contains(words), message);
    assertTrue(message.startsWith("POST http://127.0.0.1:"), message);
    assertTrue(message.contains("value=5&key=percentage_of_actors"), message);
    assertEquals(1, server.getRequestCount());
  }

  @ParameterizedTest
  @CsvSource({"409, NOT_DONE", "500, NOT_DONE", "502, NOT_DONE", "429, NOT_DONE", "401, REFUSED"})
  void aReadIsNeverUnknown(int status, Kind kind) {
    answer(status, "<html></html>");
    PortException failure = fails(() -> flags.list());
    assertEquals(kind, failure.kind());
    assertEquals(status, failure.status());
  }

  @Test
  void aListThatIsNoneIsNotDone() {
    answer(200, "{\"message\":\"maintenance\"}");
    assertEquals(Kind.NOT_DONE, fails(() -> flags.read(FLAG)).kind());
    answer(200, "[" + OFF + "," + OFF + "]");
    assertTrue(fails(() -> flags.read(FLAG)).getMessage().contains("more than once"));
  }

  @Test
  void gitlabSaysHowLongToWait() {
    answer(new MockResponse.Builder().code(429).setHeader("Retry-After", "30"));
    assertEquals(Optional.of(Duration.ofSeconds(30)), fails(() -> raise("5%")).retryAfter());
    answer(
        new MockResponse.Builder()
            .code(429)
            .setHeader("Date", "Tue, 05 Jan 2021 10:59:20 GMT")
            .setHeader("RateLimit-Reset", "1609844400"));
    assertEquals(Optional.of(Duration.ofSeconds(40)), fails(() -> raise("5%")).retryAfter());
    answer(new MockResponse.Builder().code(429).setHeader("Retry-After", "soon"));
    assertEquals(Optional.empty(), fails(() -> raise("5%")).retryAfter());
  }

  @Test
  void aRedirectIsRefusedAndNotFollowed() {
    answer(new MockResponse.Builder().code(307).setHeader("Location", "http://127.0.0.1:1/x"));
    PortException failure = fails(() -> raise("5%"));
    assertEquals(Kind.REFUSED, failure.kind());
    assertEquals(307, failure.status());
  }

  @Test
  void aRaiseIsNotRepeatedBecauseAServerAsksForIt() {
    answer(new MockResponse.Builder().code(503).setHeader("Retry-After", "0"));
    answer(201, OFF);
    PortException failure = fails(() -> raise("5%"));
    assertEquals(Kind.UNKNOWN, failure.kind());
    assertEquals(1, server.getRequestCount());
  }

  @Test
  void aWriteWithoutAnswerIsUnknown() {
    answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    assertEquals(Kind.UNKNOWN, fails(() -> raise("5%")).kind());
  }

  @Test
  void anEndlessAnswerIsUnknownToAWriteAndHopelessForARead() {
    answer(201, "x".repeat(5000));
    assertEquals(Kind.UNKNOWN, fails(() -> raise("5%")).kind());
    answer(200, "x".repeat(5000));
    assertEquals(Kind.REFUSED, fails(() -> flags.list()).kind());
  }

  @Test
  void aServerThatIsNotThereDidNothing() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Flags gone = flags("http://127.0.0.1:" + port);
    assertEquals(Kind.NOT_DONE, fails(() -> gone.switchOff(FLAG)).kind());
    assertEquals(Kind.NOT_DONE, fails(() -> gone.list()).kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":1,\"username\":\"a,b\"}",
        "{\"id\":\"x\",\"username\":\"a\"}",
        "[]"
      })
  void aUserMustHaveOneName(String body) {
    answer(200, body);
    assertEquals(Kind.NOT_DONE, fails(() -> flags.whoAmI()).kind());
  }

  @Test
  void theTokenIsInNoMessage() {
    answer(401, "{\"message\":\"no such token: glpat-token\"}");
    String message = fails(() -> flags.list()).getMessage();
    assertTrue(message.contains("no such token: ***"), message);
  }

  private GateState gates(String gates) throws PortException {
    answer(201, "{\"name\":\"gitaly_x\",\"state\":\"conditional\",\"gates\":[" + gates + "]}");
    return flags.switchOff(FLAG).gates();
  }

  private FlagView raise(String exposure) throws PortException {
    return flags
        .raise(FLAG, Gate.PERCENTAGE_OF_ACTORS, Exposure.parse(exposure), () -> true)
        .orElseThrow();
  }

  private Flags flags(String url) {
    Credentials bearer = Credentials.bearer(Secret.of("glpat-token"));
    return new GitLabFlags(new HttpEndpoint(client, url, bearer, LIMITS));
  }

  private void answer(int status, String body) {
    answer(new MockResponse.Builder().code(status).body(body));
  }

  private void answer(MockResponse.Builder response) {
    server.enqueue(response.build());
  }

  private static String line(RecordedRequest request) {
    return request.getMethod() + " " + request.getTarget();
  }

  private static PortException fails(Executable call) {
    return assertThrows(PortException.class, call);
  }
}
