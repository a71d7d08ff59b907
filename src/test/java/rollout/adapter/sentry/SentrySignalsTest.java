package rollout.adapter.sentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.SignalQuery.Count;
import rollout.plan.Window;

class SentrySignalsTest {
  private static final String DETAIL = "{\"detail\":\"The requested resource does not exist\"}";
  private static final Instant NOW = Instant.parse("2026-11-22T11:00:00Z");
  private static final Window WINDOW =
      new Window(
          Instant.parse("2026-11-22T10:00:00.700Z"), Instant.parse("2026-11-22T10:30:00.001Z"));

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final FakeSentry server = new FakeSentry();
  private final HttpClient client = new HttpClient();
  private final SentrySignals signals =
      new SentrySignals(
          new HttpEndpoint(
              client, server.url(), Credentials.bearer(Secret.of("token")), HttpLimits.DEFAULT),
          "gitlab",
          now::get);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void asksForTheWindowInWholeSeconds() {
    server.says(FakeSentry.ISSUES, 200, "[" + issue("1", "2026-11-22T10:05:00Z", "17") + "]");

    read(Count.NEW_ISSUES, "grpc.method:/gitaly.CommitService/CommitStats a+b");

    var url = server.asked().get(0);
    assertEquals(
        Set.of("query", "project", "start", "end", "sort", "limit", "groupStatsPeriod"),
        url.queryParameterNames());
    assertEquals("grpc.method:/gitaly.CommitService/CommitStats a+b", url.queryParameter("query"));
    assertEquals("gitaly-production", url.queryParameter("project"));
    assertEquals("2026-11-22T10:00:00Z", url.queryParameter("start"));
    assertEquals("2026-11-22T10:30:01Z", url.queryParameter("end"));
    assertEquals("new", url.queryParameter("sort"));
    assertEquals("100", url.queryParameter("limit"));
    assertEquals("", url.queryParameter("groupStatsPeriod"));
    assertEquals("Bearer token", server.requests().get(0).getHeaders().get("Authorization"));
  }

  @Test
  void anEmptySearchMeansWhatIsUnresolved() {
    server.says(FakeSentry.ISSUES, 200, "[" + issue("1", "2026-11-22T10:05:00Z", "17") + "]");

    read(Count.EVENTS, "");

    assertEquals("is:unresolved", server.asked().get(0).queryParameter("query"));
    assertEquals("freq", server.asked().get(0).queryParameter("sort"));
  }

  @Test
  void aShortWindowStillEndsAfterItsStart() {
    server.says(FakeSentry.ISSUES, 200, "[" + issue("1", "2026-11-22T10:05:00Z", "17") + "]");

    signals.read(query(Count.EVENTS, ""), new Window(NOW, NOW));

    assertEquals("2026-11-22T11:00:00Z", server.asked().get(0).queryParameter("start"));
    assertEquals("2026-11-22T11:00:01Z", server.asked().get(0).queryParameter("end"));
  }

  @Test
  void newIsWhatWasBornSinceTheStart() {
    server.says(
        FakeSentry.ISSUES,
        200,
        "["
            + String.join(
                ",",
                issue("in the window", "2026-11-22T10:05:00.123456Z", "1"),
                issue("after it", "2026-11-22T10:31:00Z", "1"),
                issue("in the second of the start", "2026-11-22T10:00:00Z", "1"),
                issue("before", "2026-11-22T09:59:59Z", "1"),
                issue("old, whatever its window says", "2025-03-01T08:00:00Z", "1"))
            + "]");

    assertEquals(new Reading.Value(3), read(Count.NEW_ISSUES, ""));
  }

  @Test
  void anIssueWithoutALifeCannotBeJudged() {
    server.says(
        FakeSentry.ISSUES,
        200,
        "[{\"id\":\"1\",\"shortId\":\"GITALY-1\",\"firstSeen\":\"2026-11-22T10:05:00Z\","
            + "\"project\":{\"slug\":\"gitaly-production\"}}]");

    assertEquals(
        new Reading.Partial(
            "issue GITALY-1 came without lifetime.firstSeen, so it cannot be told whether it is"
                + " new"),
        read(Count.NEW_ISSUES, ""));
  }

  @Test
  void eventsAreSummedAndTheFilteredCountIsBelieved() {
    server.says(
        FakeSentry.ISSUES,
        200,
        "["
            + issue("1", "2026-11-22T10:05:00Z", "17")
            + ",{\"id\":\"2\",\"count\":41,\"filtered\":{\"count\":\"7\"}},"
            + "{\"id\":\"3\",\"count\":\"3\",\"filtered\":null}]");

    assertEquals(new Reading.Value(27), read(Count.EVENTS, "grpc.code:Internal"));
  }

  @Test
  void anIssueWithoutACountCannotBeSummed() {
    server.says(FakeSentry.ISSUES, 200, "[{\"id\":\"2\"}]");
    server.says(FakeSentry.PROJECT, 200, "{}");

    assertInstanceOf(Reading.Partial.class, read(Count.EVENTS, ""));
  }

  @Test
  void allPagesAreReadOnOurHostAndNoIssueTwice() {
    server.pages(
        FakeSentry.ISSUES,
        "[" + issue("1", "2026-11-22T10:05:00Z", "1") + "]",
        "[]",
        "["
            + issue("1", "2026-11-22T10:05:00Z", "1")
            + ","
            + issue("2", "2026-11-22T10:04:00Z", "1")
            + "]");

    assertEquals(new Reading.Value(2), read(Count.NEW_ISSUES, ""));
    assertEquals(
        List.of("none", "0:1:0", "0:2:0"),
        server.asked().stream()
            .map(url -> url.queryParameter("cursor"))
            .map(cursor -> cursor == null ? "none" : cursor)
            .toList());
  }

  @Test
  void moreThanTenPagesAreACutAnswer() {
    server.pages(FakeSentry.ISSUES, pages(12, "2026-11-22T10:05:00Z"));

    assertEquals(
        new Reading.Partial("more than 10 issues match; narrow the query"), read(Count.EVENTS, ""));
    assertInstanceOf(Reading.Partial.class, read(Count.NEW_ISSUES, ""));
    assertEquals(20, server.asked().size());
  }

  @Test
  void aCutListOfNewestFirstIsWholeOnceItReachesOldOnes() {
    String[] pages = pages(12, "2025-03-01T08:00:00Z");
    pages[0] = "[" + issue("new", "2026-11-22T10:05:00Z", "1") + "]";
    server.pages(FakeSentry.ISSUES, pages);

    assertEquals(new Reading.Value(1), read(Count.NEW_ISSUES, ""));
  }

  @Test
  void nothingInAVisibleProjectIsNoneAndTheProjectIsAskedForOnce() {
    server.says(FakeSentry.ISSUES, 200, "[]");
    server.says(FakeSentry.PROJECT, 200, "{\"id\":\"3\",\"slug\":\"gitaly-production\"}");

    assertEquals(new Reading.Value(0), read(Count.NEW_ISSUES, ""));
    assertEquals(new Reading.Value(0), read(Count.EVENTS, ""));
    assertEquals(List.of(FakeSentry.ISSUES, FakeSentry.PROJECT, FakeSentry.ISSUES), paths());
  }

  @Test
  void nothingInAnInvisibleProjectIsNoAnswer() {
    server.says(FakeSentry.ISSUES, 200, "[]");
    server.says(FakeSentry.PROJECT, 404, DETAIL);
    server.says(FakeSentry.PROJECTS, 200, "[{\"slug\":\"another\"}]");

    String reason = unavailable();
    assertTrue(reason.contains("for the project gitaly-production"), reason);
    assertTrue(reason.contains("answered 404: The requested resource does not exist"), reason);
  }

  @Test
  void theOrganisationsListIsProofToo() {
    server.says(FakeSentry.ISSUES, 200, "[]");
    server.says(FakeSentry.PROJECT, 403, "{\"detail\":\"no\"}");
    server.pages(
        FakeSentry.PROJECTS, "[{\"slug\":\"another\"}]", "[{\"slug\":\"gitaly-production\"}]");

    assertEquals(new Reading.Value(0), read(Count.NEW_ISSUES, ""));
  }

  @Test
  void aRefusedListIsNoProof() {
    server.says(FakeSentry.ISSUES, 200, "[]");
    server.says(FakeSentry.PROJECT, 403, "{\"detail\":\"no\"}");
    server.says(FakeSentry.PROJECTS, 403, "{\"detail\":\"no\"}");

    assertTrue(unavailable().contains("answered 403: no"));
  }

  @Test
  void aServerThatKnowsNeitherAddressHasNotSaidNo() {
    server.says(FakeSentry.ISSUES, 200, "[]");

    assertEquals(new Reading.Value(0), read(Count.NEW_ISSUES, ""));
  }

  @Test
  void aServerThatFailsToSayIsNoProof() {
    server.says(FakeSentry.ISSUES, 200, "[]");
    server.says(FakeSentry.PROJECT, 500, "{\"detail\":\"Internal Error\"}");

    assertTrue(unavailable().contains("answered 500"));
  }

  @Test
  void afterTooOftenNothingIsSentBeforeTheReset() {
    server.says(
        FakeSentry.ISSUES,
        429,
        "{\"detail\":\"You are attempting to use this endpoint too frequently.\"}",
        "X-Sentry-Rate-Limit-Reset",
        String.valueOf(NOW.getEpochSecond() + 60));

    assertTrue(unavailable().contains("too frequently"));
    now.set(NOW.plusSeconds(59));
    assertTrue(unavailable().contains("left alone for another 1s"));
    assertEquals(1, server.asked().size());

    now.set(NOW.plusSeconds(60));
    unavailable();
    assertEquals(2, server.asked().size());
  }

  @Test
  void aBareStringAndRetryAfterAreUnderstood() {
    server.says(FakeSentry.ISSUES, 429, "\"too often\"", "Retry-After", "5");

    assertTrue(unavailable().contains("answered 429: too often;"));
    assertTrue(unavailable().contains("left alone for another 5s"));
  }

  @Test
  void aFarResetDoesNotSilenceUsForGood() {
    server.says(
        FakeSentry.ISSUES, 429, "\"too often\"", "X-Sentry-Rate-Limit-Reset", "99999999999");

    unavailable();
    now.set(NOW.plusSeconds(600));
    unavailable();

    assertEquals(2, server.asked().size());
  }

  @Test
  void whatIsNoListIsNoAnswer() {
    for (String body : List.of("{}", "null", "", "<html><title>Sign in</title></html>", "[1")) {
      server.says(FakeSentry.ISSUES, 200, body);

      assertInstanceOf(Reading.Unavailable.class, read(Count.EVENTS, ""), body);
    }
  }

  @Test
  void noServerIsAReading() {
    server.close();

    assertInstanceOf(Reading.Unavailable.class, read(Count.EVENTS, ""));
  }

  @Test
  void aQueryForAnotherKindOfSourceIsRefused() {
    assertInstanceOf(
        Reading.Unavailable.class,
        signals.read(new SignalQuery.Promql("sentry", "up", ""), WINDOW));
  }

  private static String[] pages(int count, String born) {
    return IntStream.range(0, count)
        .mapToObj(page -> "[" + issue("p" + page, born, "1") + "]")
        .toArray(String[]::new);
  }

  private static String issue(String id, String born, String count) {
    return "{\"id\":\""
        + id
        + "\",\"project\":{\"slug\":\"gitaly-production\"},\"firstSeen\":\"2026-11-22T10:00:03Z\","
        + "\"count\":\""
        + count
        + "\",\"lifetime\":{\"firstSeen\":\""
        + born
        + "\"}}";
  }

  private List<String> paths() {
    return server.asked().stream().map(url -> url.encodedPath()).toList();
  }

  private String unavailable() {
    return assertInstanceOf(Reading.Unavailable.class, read(Count.NEW_ISSUES, "")).reason();
  }

  private Reading read(Count count, String search) {
    return signals.read(query(count, search), WINDOW);
  }

  private static SignalQuery query(Count count, String search) {
    return new SignalQuery.SentryIssues("sentry", "gitaly-production", search, count);
  }
}
