package rollout.adapter.sentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.SignalQuery.Count;
import rollout.plan.Window;
import rollout.testing.Examples;

/** Every recorded body of Sentry's issues and errors, read as the answer to a search. */
class SentryExamplesTest {
  private static final Instant STAGE = Instant.parse("2026-11-22T10:00:00Z");

  /** A word of each error that must reach the person who reads the reason. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("error.400.search.json", "is:bogus is an invalid search; correct the query"),
          Map.entry("error.400.dates.json", "start and end are both required"),
          Map.entry("error.400.stats-period.json", "Invalid stats_period"),
          Map.entry("error.401.json", "Invalid token; look at the source's token"),
          Map.entry("error.401.no-credentials.json", "credentials were not provided"),
          Map.entry("error.403.json", "the token needs event:read"),
          Map.entry("error.404.json", "look at the source's url, organization and project"),
          Map.entry("error.429.json", "Limit is 40 requests in 1 seconds"),
          Map.entry("error.429.concurrent.json", "Concurrency limit is 25"),
          Map.entry("error.429.bare-string.json", "Limit is 3 requests in 3600 seconds"),
          Map.entry("error.500.json", "answered 500: Internal Error"),
          Map.entry("error.504.gateway.html", "an HTML page \"504 Gateway Time-out\""));

  private final FakeSentry server = new FakeSentry();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> eachErrorIsAReadingWithSentrysWords() {
    return Examples.of("sentry").stream()
        .filter(example -> example.name().startsWith("error."))
        .map(example -> DynamicTest.dynamicTest(example.name(), () -> checkError(example)));
  }

  private void checkError(Examples example) {
    Reading reading = read(example, Count.EVENTS, STAGE);

    String reason = assertInstanceOf(Reading.Unavailable.class, reading).reason();
    assertTrue(reason.contains(WORDS.get(example.name())), reason);
  }

  @Test
  void anOldIssueWhoseWindowBeginsWithTheStageIsNotNew() {
    Examples trap = example("organization-issues.200.new-since-stage.constructed.json");

    assertEquals(new Reading.Value(1), read(trap, Count.NEW_ISSUES, STAGE));
    assertEquals(new Reading.Value(24), read(trap, Count.EVENTS, STAGE));
  }

  @Test
  void theOfficialExampleIsUnderstood() {
    Examples official = example("organization-issues.200.json");
    Instant born = Instant.parse("2018-11-06T21:19:55Z");

    assertEquals(new Reading.Value(1), read(official, Count.NEW_ISSUES, born));
    assertEquals(new Reading.Value(0), read(official, Count.NEW_ISSUES, born.plusSeconds(1)));
    assertEquals(new Reading.Value(150), read(official, Count.EVENTS, born));
  }

  @Test
  void anIssueOfTheOldAddressHasNoLife() {
    Examples old = example("project-issues.200.json");

    assertInstanceOf(Reading.Partial.class, read(old, Count.NEW_ISSUES, STAGE));
    assertEquals(new Reading.Value(1), read(old, Count.EVENTS, STAGE));
  }

  @Test
  void anEmptyListIsNoneOnlyWhereTheProjectIsListed() {
    Examples empty = example("organization-issues.200.empty.json");
    server.says(FakeSentry.PROJECTS, 200, example("organization-projects.200.json").body());

    assertInstanceOf(Reading.Unavailable.class, read(empty, Count.NEW_ISSUES, STAGE));
    assertEquals(
        new Reading.Value(0),
        signals().read(query("prime-mover", Count.NEW_ISSUES), window(STAGE)));
  }

  private static Examples example(String name) {
    return Examples.of("sentry").stream()
        .filter(example -> example.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Reading read(Examples example, Count count, Instant since) {
    String[] headers =
        example.headers().entrySet().stream()
            .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
            .toArray(String[]::new);
    server.says(FakeSentry.ISSUES, example.status(), example.body(), headers);
    return signals().read(query("gitaly-production", count), window(since));
  }

  private static Window window(Instant since) {
    return new Window(since, since.plusSeconds(3600));
  }

  private static SignalQuery query(String project, Count count) {
    return new SignalQuery.SentryIssues("sentry", project, "is:unresolved", count);
  }

  private SentrySignals signals() {
    return new SentrySignals(
        new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT),
        "gitlab",
        InstantSource.fixed(STAGE));
  }
}
