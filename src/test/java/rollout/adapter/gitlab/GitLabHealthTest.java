package rollout.adapter.gitlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.port.Health.Finding;
import rollout.port.Health.Wellness;

class GitLabHealthTest {
  private static final Instant OURS = Instant.parse("2026-11-22T14:30:00Z");
  private static final String USER = "/api/v4/user";
  private static final String TOKEN = "/api/v4/personal_access_tokens/self";
  private static final String FEATURES = "/api/v4/features";

  private final MockWebServer server = new MockWebServer();
  private final HttpClient client = new HttpClient();
  private String date = "Sun, 22 Nov 2026 14:30:02 GMT";
  private Map<String, String> bodies =
      Map.of(
          USER, "{\"id\":7,\"username\":\"rollout-bot\",\"is_admin\":true}",
          TOKEN, "{\"scopes\":[\"api\",\"admin_mode\"],\"expires_at\":\"2027-06-01\"}",
          FEATURES, "[]");

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String body = bodies.get(request.getTarget());
            return new MockResponse.Builder()
                .code(body == null ? 403 : 200)
                .setHeader("Date", date)
                .body(body == null ? "{\"message\":\"403 Forbidden\"}" : body)
                .build();
          }
        });
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aGoodServerAndTokenAreWellInEveryRespect() {
    List<Finding> findings = examine();
    assertEquals(
        List.of("reached", "clock", "token", "administrator", "scopes", "expiry", "query"),
        findings.stream().map(Finding::subject).toList());
    findings.forEach(finding -> assertEquals(Wellness.WELL, finding.wellness(), finding::toString));
    assertEquals("user rollout-bot (id 7)", about("token").detail());
    assertEquals("api, admin_mode", about("scopes").detail());
    assertEquals("2027-06-01", about("expiry").detail());
    assertEquals("0 flags are stored", about("query").detail());
  }

  @Test
  void theClocksAreCompared() {
    assertEquals(Wellness.WELL, about("clock").wellness());
    date = "Sun, 22 Nov 2026 14:30:06 GMT";
    assertEquals(Wellness.DOUBTFUL, about("clock").wellness());
    date = "Sun, 22 Nov 2026 14:28:59 GMT";
    assertEquals(Wellness.ILL, about("clock").wellness());
    date = "yesterday";
    assertEquals(Wellness.DOUBTFUL, about("clock").wellness());
  }

  @Test
  void whatCannotBeToldIsDoubtful() {
    bodies = Map.of(USER, "{\"id\":7,\"username\":\"rollout-bot\"}", FEATURES, "[]");
    assertEquals(Wellness.DOUBTFUL, about("administrator").wellness());
    assertEquals(Wellness.DOUBTFUL, about("scopes").wellness());
    assertTrue(about("expiry").detail().startsWith("could not tell"), about("expiry")::toString);
  }

  @Test
  void aTokenThatMayNotIsIll() {
    bodies =
        Map.of(
            USER, "{\"id\":42,\"username\":\"alice\",\"is_admin\":false}",
            TOKEN, "{\"scopes\":[\"read_user\"],\"expires_at\":null}");
    Map<String, Wellness> found =
        examine().stream().collect(Collectors.toMap(Finding::subject, Finding::wellness));
    assertEquals(Wellness.ILL, found.get("administrator"));
    assertEquals(Wellness.ILL, found.get("scopes"));
    assertEquals(Wellness.WELL, found.get("expiry"));
    assertEquals(Wellness.ILL, found.get("query"));
  }

  @Test
  void aTokenThatOnlyReadsOrSoonExpiresIsDoubtful() {
    bodies =
        Map.of(
            USER, "{\"id\":7,\"username\":\"rollout-bot\",\"is_admin\":true}",
            TOKEN, "{\"scopes\":[\"read_api\"],\"expires_at\":\"2026-12-01\"}",
            FEATURES, "[]");
    assertEquals(Wellness.DOUBTFUL, about("scopes").wellness());
    assertEquals(Wellness.DOUBTFUL, about("expiry").wellness());
  }

  @Test
  void aRefusedTokenEndsTheExamination() {
    bodies = Map.of();
    assertEquals(
        List.of("reached", "clock", "token"), examine().stream().map(Finding::subject).toList());
    assertEquals(Wellness.ILL, about("token").wellness());
  }

  @Test
  void aServerThatIsNotThereIsOneFinding() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    List<Finding> findings = examine("http://127.0.0.1:" + port);
    assertEquals(1, findings.size());
    assertEquals("reached", findings.get(0).subject());
    assertEquals(Wellness.ILL, findings.get(0).wellness());
  }

  private Finding about(String subject) {
    return examine().stream()
        .filter(finding -> finding.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  private List<Finding> examine() {
    return examine("http://127.0.0.1:" + server.getPort());
  }

  private List<Finding> examine(String url) {
    Credentials bearer = Credentials.bearer(Secret.of("glpat-token"));
    HttpEndpoint endpoint = new HttpEndpoint(client, url, bearer, HttpLimits.DEFAULT);
    return new GitLabHealth(endpoint, () -> OURS).examine();
  }
}
