package rollout.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.HttpFailure.Reason;

class HttpEndpointTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 1000);
  private static final Secret TOKEN = Secret.of("glpat-very+secret");

  private final MockWebServer server = new MockWebServer();
  private final HttpClient client = new HttpClient();

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void everyPartIsEncodedAndTheBasePathKept() throws Exception {
    answer(new MockResponse.Builder().body("{}"));
    send(
        at("/prometheus/"),
        HttpAsk.get("api", "gitlab-org/gitlab", "issues", "")
            .query("q", "a b&c=+%")
            .query("q", "2"));
    RecordedRequest request = server.takeRequest();
    assertEquals(
        "/prometheus/api/gitlab-org%2Fgitlab/issues/?q=a%20b%26c%3D%2B%25&q=2",
        request.getTarget());
    assertEquals("application/json", request.getHeaders().get("Accept"));
  }

  @Test
  void aFormIsSentAsFormFields() throws Exception {
    answer(new MockResponse.Builder().code(201).body("{\"a\": 1.50}"));
    HttpAnswer answer = send(at(""), HttpAsk.post("x").field("value", "5").field("key", "a&b c"));
    RecordedRequest request = server.takeRequest();
    assertEquals("value=5&key=a%26b+c", request.getBody().utf8());
    assertEquals("application/x-www-form-urlencoded", request.getHeaders().get("Content-Type"));
    assertEquals(201, answer.status());
    assertEquals("1.5", answer.json().get("a").decimalValue().toPlainString());
  }

  @Test
  void credentialsGoIntoHeaderLines() throws Exception {
    answer(new MockResponse.Builder());
    Credentials basic =
        Credentials.basic(Secret.of("ann"), Secret.of("pass:word")).with("X-Scope-OrgID", TOKEN);
    endpoint(url(""), basic, LIMITS).send(HttpAsk.get("x"));
    RecordedRequest request = server.takeRequest();
    assertEquals("Basic YW5uOnBhc3M6d29yZA==", request.getHeaders().get("Authorization"));
    assertEquals("glpat-very+secret", request.getHeaders().get("X-Scope-OrgID"));
  }

  @Test
  void theAnswerKnowsItsTypeAndTheServersTime() throws Exception {
    answer(
        new MockResponse.Builder()
            .setHeader("Content-Type", "Text/Plain; charset=utf-8")
            .setHeader("date", "Sun, 22 Nov 2026 14:30:00 GMT")
            .body("Retry later"));
    HttpAnswer answer = send(at(""), HttpAsk.get("x"));
    assertEquals("text/plain", answer.contentType());
    assertEquals(Instant.parse("2026-11-22T14:30:00Z"), answer.date().orElseThrow());
    assertEquals("\"Retry later\"", answer.summary());
  }

  @Test
  void aRedirectIsRefusedAndTheTokenStaysHere() throws Exception {
    try (MockWebServer elsewhere = new MockWebServer()) {
      elsewhere.start(InetAddress.getLoopbackAddress(), 0);
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        answer(
            new MockResponse.Builder()
                .code(status)
                .setHeader("Location", elsewhere.url("/there").toString()));
        HttpFailure failure = fails(at(""), HttpAsk.post("x").field("value", "5"));
        assertEquals(Reason.REDIRECTED, failure.reason());
        assertEquals(status, failure.status());
        assertTrue(failure.getMessage().contains("redirect"), failure.getMessage());
      }
      assertEquals(0, elsewhere.getRequestCount());
    }
  }

  @Test
  void noBodyIsSentTwice() throws Exception {
    answer(new MockResponse.Builder().code(503).setHeader("Retry-After", "0"));
    answer(new MockResponse.Builder().code(201));
    HttpAsk ask = HttpAsk.post("x").field("value", "5");
    assertEquals(503, send(at(""), ask.onFreshConnection()).status());
    assertEquals(1, server.getRequestCount());
  }

  @Test
  void aBrokenConnectionIsNotTriedAgainWithABody() {
    answer(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
    answer(new MockResponse.Builder().code(201));
    HttpFailure failure = fails(at(""), HttpAsk.post("x").onFreshConnection());
    assertEquals(Reason.BROKEN, failure.reason());
    assertTrue(failure.mayHaveReached());
    assertEquals(1, server.getRequestCount());
  }

  @Test
  void aReadOnAKeptConnectionThatProvesDeadIsAskedAgain() throws Exception {
    answer(new MockResponse.Builder().body("1").onResponseEnd(new SocketEffect.CloseSocket()));
    answer(new MockResponse.Builder().body("2"));
    assertEquals("1", send(at(""), HttpAsk.get("x")).body());
    assertEquals("2", send(at(""), HttpAsk.get("x")).body());
    assertEquals(0, server.takeRequest().getConnectionIndex());
    assertEquals(1, server.takeRequest().getConnectionIndex());
  }

  @Test
  void aFreshConnectionIsNewAndCloses() throws Exception {
    answer(new MockResponse.Builder());
    answer(new MockResponse.Builder());
    send(at(""), HttpAsk.get("x"));
    send(at(""), HttpAsk.post("x").onFreshConnection());
    server.takeRequest();
    RecordedRequest second = server.takeRequest();
    assertEquals("close", second.getHeaders().get("Connection"));
    assertEquals(0, second.getExchangeIndex());
    assertEquals(1, second.getConnectionIndex());
  }

  @Test
  void aSlowServerMayHaveActed() {
    answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    HttpLimits hasty = new HttpLimits(Duration.ofSeconds(2), Duration.ofMillis(150), 1000);
    HttpEndpoint endpoint = endpoint(url(""), Credentials.bearer(TOKEN), hasty);
    HttpFailure failure = fails(endpoint, HttpAsk.post("x").onFreshConnection());
    assertEquals(Reason.BROKEN, failure.reason());
    assertTrue(failure.getMessage().contains("within 150 ms"), failure.getMessage());
  }

  @Test
  void theDeadlineCoversTheBody() {
    answer(new MockResponse.Builder().body("abc").bodyDelay(60, TimeUnit.SECONDS));
    HttpLimits hasty = new HttpLimits(Duration.ofSeconds(2), Duration.ofMillis(150), 1000);
    HttpEndpoint endpoint = endpoint(url(""), Credentials.bearer(TOKEN), hasty);
    assertEquals(Reason.BROKEN, fails(endpoint, HttpAsk.get("x")).reason());
  }

  @Test
  void anInterruptedThreadSaysSo() {
    answer(new MockResponse.Builder());
    Thread.currentThread().interrupt();
    HttpFailure failure = fails(at(""), HttpAsk.get("x"));
    assertTrue(Thread.interrupted());
    assertTrue(failure.getMessage().contains("is stopping"), failure.getMessage());
  }

  @Test
  void aClosedPortWasNotReached() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    for (HttpAsk ask : new HttpAsk[] {HttpAsk.get("x"), HttpAsk.post("x").onFreshConnection()}) {
      HttpFailure failure =
          fails(endpoint("http://127.0.0.1:" + port, Credentials.NONE, LIMITS), ask);
      assertEquals(Reason.NOT_SENT, failure.reason());
      assertFalse(failure.mayHaveReached());
      assertTrue(failure.getMessage().contains("port " + port), failure.getMessage());
    }
  }

  @Test
  void aNameWithSeveralAddressesIsTriedOnAll() throws Exception {
    answer(new MockResponse.Builder().code(201));
    String url = "http://localhost:" + server.getPort();
    HttpEndpoint endpoint = endpoint(url, Credentials.NONE, LIMITS);
    assertEquals(201, endpoint.send(HttpAsk.post("x").onFreshConnection()).status());
  }

  @Test
  void anUnknownHostWasNotReached() {
    HttpEndpoint nowhere = endpoint("http://gitlab.invalid", Credentials.NONE, LIMITS);
    HttpFailure failure = fails(nowhere, HttpAsk.get("x"));
    assertEquals(Reason.NOT_SENT, failure.reason());
    assertTrue(failure.getMessage().contains("gitlab.invalid is not known"), failure.getMessage());
  }

  @Test
  void aFailedHandshakeSendsNothing() {
    String https = url("").replace("http:", "https:");
    HttpFailure failure =
        fails(endpoint(https, Credentials.bearer(TOKEN), LIMITS), HttpAsk.get("x"));
    assertEquals(Reason.NOT_SENT, failure.reason());
  }

  @Test
  void theLimitHoldsForTheDecompressedBody() throws Exception {
    answer(new MockResponse.Builder().body("x".repeat(1000)));
    assertEquals(1000, send(at(""), HttpAsk.get("x")).body().length());
    answer(new MockResponse.Builder().body("x".repeat(1001)));
    assertEquals(Reason.TOO_LARGE, fails(at(""), HttpAsk.get("x")).reason());
    answer(
        new MockResponse.Builder()
            .setHeader("Content-Encoding", "gzip")
            .body(gzip(new byte[50_000_000])));
    assertEquals(Reason.TOO_LARGE, fails(at(""), HttpAsk.get("x")).reason());
  }

  @Test
  void hostileJsonIsUnreadable() throws Exception {
    String deep = "[".repeat(400) + "]".repeat(400);
    String number = "[" + "9".repeat(101) + "]";
    for (String body : new String[] {"", "{", "{} {}", "{\"a\":1,\"a\":2}", "NaN", deep, number}) {
      answer(new MockResponse.Builder().body(body));
      HttpAnswer answer = send(at(""), HttpAsk.get("x"));
      HttpFailure failure = assertThrows(HttpFailure.class, answer::json, body);
      assertEquals(Reason.UNREADABLE, failure.reason());
      assertTrue(failure.getMessage().length() < 500, failure.getMessage());
    }
  }

  @Test
  void aPageOfHtmlIsOnlyNamed() throws Exception {
    answer(
        new MockResponse.Builder()
            .code(502)
            .body("<!DOCTYPE html><html><title>Not\nresponding</title>" + "<p>x".repeat(100)));
    HttpAnswer answer = send(at(""), HttpAsk.get("x"));
    assertEquals("an HTML page \"Not responding\"", answer.summary());
    assertTrue(assertThrows(HttpFailure.class, answer::json).getMessage().contains("HTML page"));
  }

  @Test
  void noMessageHoldsASecret() throws Exception {
    answer(
        new MockResponse.Builder()
            .code(400)
            .body("bad token glpat-very+secret, glpat-very%2Bsecret"));
    assertEquals("bad token ***, ***", send(at(""), HttpAsk.get("x")).body());
    answer(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
    HttpFailure failure = fails(at(""), HttpAsk.post("glpat-very+secret").onFreshConnection());
    assertFalse(failure.getMessage().contains("very"), failure.getMessage());
    assertEquals("***", TOKEN.toString());
    assertEquals("Credentials[Authorization]", Credentials.bearer(TOKEN).toString());
  }

  @Test
  void aSecretThatNoHeaderCanCarryIsRefusedWithoutShowingIt() {
    for (String text : new String[] {"", " ", "glpat-x\n", "glpat-ü"}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Secret.of(text)).getMessage();
      assertFalse(message.contains("glpat"), message);
    }
  }

  @Test
  void anAddressIsHttpWithoutPasswordQueryOrFragment() {
    for (String url :
        new String[] {
          "gitlab.example.com", "ftp://a", "", "http://u:pw@a/", "http://a/?x=1", "http://a/#x"
        }) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> endpoint(url, Credentials.NONE, LIMITS),
                  url)
              .getMessage();
      assertFalse(message.contains("pw"), message);
    }
    assertEquals(
        "https://a.example/b",
        endpoint("https://a.example/b/", Credentials.NONE, LIMITS).address());
  }

  private void answer(MockResponse.Builder response) {
    server.enqueue(response.build());
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private HttpEndpoint at(String path) {
    return endpoint(url(path), Credentials.bearer(TOKEN), LIMITS);
  }

  private HttpEndpoint endpoint(String url, Credentials credentials, HttpLimits limits) {
    return new HttpEndpoint(client, url, credentials, limits);
  }

  private static HttpAnswer send(HttpEndpoint endpoint, HttpAsk ask) throws HttpFailure {
    return endpoint.send(ask);
  }

  private static HttpFailure fails(HttpEndpoint endpoint, HttpAsk ask) {
    return assertThrows(HttpFailure.class, () -> endpoint.send(ask));
  }

  private static Buffer gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return new Buffer().write(out.toByteArray());
  }
}
