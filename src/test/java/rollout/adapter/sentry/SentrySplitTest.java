package rollout.adapter.sentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** Whom new issues hit, by what the flag was for them. */
class SentrySplitTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
  private static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:01:00Z"));
  private static final SignalQuery QUERY =
      new SignalQuery.SentrySplit("sentry", "gitaly-production", "a b", START, "gitaly_x");

  private final FakeSentry server = new FakeSentry();
  private final HttpClient client = new HttpClient();
  private final SentrySignals signals =
      new SentrySignals(
          new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT),
          "gitlab",
          () -> WINDOW.to());

  @BeforeEach
  void projectIsVisible() {
    server.says(FakeSentry.PROJECT, 200, "{\"id\":\"1\",\"slug\":\"gitaly-production\"}");
    server.says(
        FakeSentry.ISSUES,
        200,
        "[" + issue("7", "2026-11-22T09:30:00Z") + "," + issue("6", "2026-11-22T08:59:59Z") + "]");
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void distinctUsersOfIssuesThatAreNewSinceTheStart() {
    events(
        "7",
        event("{\"id\":\"1\"}", "[\"gitaly_x:1\",\"gitaly_y:0\"]"),
        event("{\"id\":\"1\"}", "[\"gitaly_x:1\"]"),
        event("{\"id\":null,\"email\":\"a@b\"}", "\"gitaly_y:1 gitaly_x:1\""),
        event("{\"id\":\"3\"}", "[\"gitaly_x:0\"]"),
        event("{\"id\":\"4\"}", "[\"gitaly_y:1\"]"),
        event("null", "[\"gitaly_x:0\"]"),
        event("null", "[\"gitaly_x:0\"]"));

    assertEquals(split(2, 2), signals.read(QUERY, WINDOW));
    var url = server.asked().get(server.asked().size() - 1);
    assertEquals("/api/0/issues/7/events/", url.encodedPath());
    assertEquals("true", url.queryParameter("full"));
    assertEquals("2026-11-22T10:00:00Z", url.queryParameter("start"));
    assertEquals("2026-11-22T10:01:00Z", url.queryParameter("end"));
  }

  @Test
  void sentrysOwnFlagsAreReadToo() {
    String flags =
        "{\"contexts\":{\"flags\":{\"values\":[{\"flag\":\"gitaly_x\",\"result\":%s}]}},"
            + "\"user\":{\"id\":\"%s\"}}";
    events("7", flags.formatted("true", "1"), flags.formatted("false", "2"));

    assertEquals(split(1, 1), signals.read(QUERY, WINDOW));
  }

  @Test
  void noNewIssueIsNobody() {
    server.says(FakeSentry.ISSUES, 200, "[]");

    assertEquals(split(0, 0), signals.read(QUERY, WINDOW));
  }

  @Test
  void eventsThatDoNotSayAreNoEvidence() {
    events("7", event("{\"id\":\"1\"}", "null"), event("{\"id\":\"2\"}", "[\"gitaly_xx:1\"]"));

    assertPartial("no event of issue GITALY-7 says whether gitaly_x was on");
  }

  @Test
  void moreEventsThanWeReadAreNoCount() {
    String page = "[" + event("{\"id\":\"1\"}", "[\"gitaly_x:1\"]") + "]";
    server.pages("/api/0/issues/7/events/", Collections.nCopies(11, page).toArray(String[]::new));

    assertPartial("issue GITALY-7 has more than 10 events");
  }

  @Test
  void anIssueWithoutALifeIsNoEvidence() {
    server.says(FakeSentry.ISSUES, 200, "[{\"id\":\"7\",\"shortId\":\"GITALY-7\"}]");

    assertPartial("came without lifetime.firstSeen");
  }

  @Test
  void eventsThatCannotBeReadAreAnOutage() {
    server.says("/api/0/issues/7/events/", 403, "{\"detail\":\"no permission\"}");

    Reading.Unavailable reading =
        assertInstanceOf(Reading.Unavailable.class, signals.read(QUERY, WINDOW));
    assertTrue(
        reading.reason().contains("asked for the events of issue GITALY-7"), reading.reason());
  }

  private void assertPartial(String part) {
    Reading.Partial reading = assertInstanceOf(Reading.Partial.class, signals.read(QUERY, WINDOW));
    assertTrue(reading.reason().contains(part), reading.reason());
  }

  private void events(String issue, String... events) {
    server.says("/api/0/issues/" + issue + "/events/", 200, "[" + String.join(",", events) + "]");
  }

  private static String event(String user, String states) {
    return "{\"user\":" + user + ",\"context\":{\"feature_flag_states\":" + states + "}}";
  }

  private static String issue(String id, String born) {
    return "{\"id\":\""
        + id
        + "\",\"shortId\":\"GITALY-"
        + id
        + "\",\"count\":\"3\",\"project\":{\"slug\":\"gitaly-production\"},"
        + "\"lifetime\":{\"firstSeen\":\""
        + born
        + "\"}}";
  }

  private static Reading split(int on, int off) {
    return new Reading.Split(new Reading.Counts(on, on), new Reading.Counts(off, off));
  }
}
