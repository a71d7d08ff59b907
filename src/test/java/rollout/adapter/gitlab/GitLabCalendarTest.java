package rollout.adapter.gitlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.core.Obstacle;
import rollout.port.PortException;
import rollout.port.PortException.Kind;
import rollout.testing.Shared;

/** What goes over the wire, and what strange and broken answers become. */
class GitLabCalendarTest {
  private static final String PROJECT = "{\"id\":3,\"issues_access_level\":\"enabled\"}";
  private static final HttpLimits LIMITS =
      new HttpLimits(Duration.ofSeconds(2), Duration.ofMillis(500), 40_000);

  private final MockWebServer server = new MockWebServer();
  private final HttpClient client = new HttpClient();
  private GitLabCalendar calendar;

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
    String url = "http://127.0.0.1:" + server.getPort() + "/gitlab";
    Credentials bearer = Credentials.bearer(Secret.of("glpat-token"));
    calendar = new GitLabCalendar(new HttpEndpoint(client, url, bearer, LIMITS));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void eachLabelIsAQuestionOfItsOwn() throws Exception {
    answer(PROJECT);
    answer("[]");
    answer(
        "[{\"iid\":7,\"title\":\"It\\nburns\",\"labels\":[\"b c\"],\"web_url\":\"https://g/7\"}]");
    List<Obstacle> found = calendar.incidents("a/b", List.of("x::1", "b c"));
    assertEquals("/gitlab/api/v4/projects/a%2Fb", server.takeRequest().getTarget());
    assertEquals(
        "/gitlab/api/v4/projects/a%2Fb/issues?state=opened&labels=x%3A%3A1&per_page=100&page=1",
        server.takeRequest().getTarget());
    assertTrue(server.takeRequest().getTarget().contains("labels=b%20c&"));
    assertEquals(
        List.of(new Obstacle("a/b#7", "incident a/b#7 is open: \"It burns\" (b c), https://g/7")),
        found);
  }

  @Test
  void withoutLabelsEveryOpenIncidentCounts() throws Exception {
    answer(PROJECT);
    answer("[]");
    calendar.incidents("a/b", List.of());
    server.takeRequest();
    assertTrue(server.takeRequest().getTarget().contains("?state=opened&issue_type=incident&"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Next-Page | 2",
        "Link | <https://elsewhere.example/api/v4/projects/3/issues?page=2&per_page=100>; rel=\"next\"",
      })
  void theNextPageIsReadFromTheConfiguredAddress(String header, String value) throws Exception {
    answer(PROJECT);
    server.enqueue(
        new MockResponse.Builder().code(200).addHeader(header, value).body(issue(1)).build());
    answer(issue(2));
    assertEquals(2, calendar.incidents("a/b", List.of("x")).size());
    server.takeRequest();
    server.takeRequest();
    assertTrue(server.takeRequest().getTarget().endsWith("&page=2"));
  }

  @Test
  void pagesWithoutAnEndAreNoAnswer() {
    answer(PROJECT);
    for (int page = 1; page <= 60; page++) {
      server.enqueue(
          new MockResponse.Builder()
              .code(200)
              .addHeader("X-Next-Page", String.valueOf(page + 1))
              .body(issue(page))
              .build());
    }
    assertSays("more than 50 pages", () -> calendar.incidents("a/b", List.of("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "<html>"})
  void whatIsNoProjectProvesNothing(String body) {
    answer(body);
    assertSays(
        "freeze periods of a/b could not be read", () -> calendar.freezes("a/b", Instant.EPOCH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":3,\"issues_access_level\":\"disabled\"}",
        "{\"id\":3,\"issues_enabled\":false}"
      })
  void aProjectThatKeepsNoIssuesIsNotQuiet(String project) {
    answer(project);
    assertSays("keeps no issues", () -> calendar.incidents("a/b", List.of("x")));
  }

  @ParameterizedTest
  @CsvSource({"401, REFUSED", "403, REFUSED", "404, REFUSED", "429, NOT_DONE", "500, NOT_DONE"})
  void whatIsRefusedIsSaid(int status, Kind kind) {
    answer(PROJECT);
    server.enqueue(new MockResponse.Builder().code(status).body("{\"message\":\"no\"}").build());
    var failed = assertThrows(PortException.class, () -> calendar.freezes("a/b", Instant.EPOCH));
    assertEquals(kind, failed.kind());
    assertTrue(failed.getMessage().contains(String.valueOf(status)), failed::getMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T22:59:59Z, false",
    "2026-11-20T23:00:00Z, true",
    "2026-11-23T07:59:59Z, true",
    "2026-11-23T08:00:01Z, false",
  })
  void theRecordedFreezeLastsFromFridayNightToMondayMorning(Instant at, boolean inForce)
      throws Exception {
    Path file = Shared.require("data/schemas/gitlab/examples/freeze-periods.200.json");
    answer(PROJECT);
    answer(Files.readString(file));
    List<Obstacle> found = calendar.freezes("a/b", at);
    assertEquals(inForce ? List.of("a/b freeze period 1") : List.of(), ids(found));
    if (inForce) {
      assertEquals(
          "freeze period 1 of a/b is in force since 2026-11-20T23:00:00Z until"
              + " 2026-11-23T08:00:00Z",
          found.get(0).text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":9,\"freeze_start\":\"every friday\",\"freeze_end\":\"0 8 * * 1\",\"cron_timezone\":\"UTC\"}",
        "{\"id\":9,\"freeze_start\":\"0 8 * * 1\",\"freeze_end\":null,\"cron_timezone\":\"UTC\"}",
        "{\"id\":9,\"freeze_start\":\"0 23 * * 5\",\"freeze_end\":\"0 8 * * 1\",\"cron_timezone\":\"Mars\"}",
        "{\"id\":9}"
      })
  void aFreezeThatCannotBeUnderstoodCountsAsInForce(String period) throws Exception {
    answer(PROJECT);
    answer("[" + period + "]");
    List<Obstacle> found = calendar.freezes("a/b", Instant.parse("2026-11-24T12:00:00Z"));
    assertEquals(List.of("a/b freeze period 9"), ids(found));
    assertTrue(found.get(0).text().contains("counts as in force"), found::toString);
  }

  @Test
  void theZoneDecidesWhenAFreezeBegins() throws Exception {
    answer(PROJECT);
    answer(
        "[{\"id\":9,\"freeze_start\":\"0 23 * * 5\",\"freeze_end\":\"0 8 * * 1\","
            + "\"cron_timezone\":\"Eastern Time (US & Canada)\"}]");
    List<Obstacle> found = calendar.freezes("a/b", Instant.parse("2026-11-21T03:59:00Z"));
    assertEquals(List.of(), found, "22:59 on Friday in New York");
  }

  private void answer(String body) {
    server.enqueue(new MockResponse.Builder().code(200).body(body).build());
  }

  private static String issue(int iid) {
    return "[{\"iid\":" + iid + ",\"title\":\"t\",\"labels\":[]}]";
  }

  private static List<String> ids(List<Obstacle> obstacles) {
    return obstacles.stream().map(Obstacle::id).toList();
  }

  private interface Call {
    Object make() throws PortException;
  }

  private static void assertSays(String words, Call call) {
    var failed = assertThrows(PortException.class, call::make);
    assertTrue(failed.getMessage().contains(words), failed::getMessage);
  }
}
