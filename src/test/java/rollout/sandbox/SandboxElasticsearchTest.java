package rollout.sandbox;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.elasticsearch.ElasticsearchHealth;
import rollout.adapter.elasticsearch.ElasticsearchSignals;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.Plan;
import rollout.plan.SignalQuery;
import rollout.plan.Source;
import rollout.plan.Window;
import rollout.port.Health;
import rollout.testing.LogPlan;
import rollout.testing.Plans;
import rollout.testing.Schemas;

/** The sandbox's logs, as the adapter reads them. */
class SandboxElasticsearchTest {
  private static final SignalQuery SPLIT =
      new SignalQuery.LogSplit(
          "logs",
          "gitaly-production-*",
          "flags",
          "commit_stats",
          "code:Internal",
          "method:CommitStats");
  private static final SignalQuery REQUESTS =
      new SignalQuery.LogCount("logs", "gitaly-production-*", "method:CommitStats", true);

  private final Plan plan = LogPlan.plan();
  private final History history = new History().set("production", ofHours(0), "5%");
  private final Instant now = History.at(ofHours(2));
  private final HttpClient client = new HttpClient();
  private SandboxElasticsearch server;
  private World world;

  private ElasticsearchSignals start(String scenario) {
    world = new World(plan, Plans.FLAG, Scenario.parse(scenario, plan), history, 7);
    Source.Elasticsearch source = (Source.Elasticsearch) plan.source("logs");
    server = new SandboxElasticsearch(plan, Plans.FLAG, source, world, () -> now);
    return new ElasticsearchSignals(endpoint(), "time");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void bothArmsMakeUpTheWhole() {
    ElasticsearchSignals signals = start("healthy");
    Window window = window(ofMinutes(30), ofMinutes(90));

    Reading.Split split = assertInstanceOf(Reading.Split.class, signals.read(SPLIT, window));

    double all = split.treated().requests() + split.control().requests();
    assertEquals(world.requests("production", window), all, 1);
    assertEquals(
        new Reading.Value(world.requests("production", window)), signals.read(REQUESTS, window));
    assertEquals(0.185, split.treated().requests() / all, 0.01);
    assertEquals(rate(split.control()), rate(split.treated()), 0.0005);
  }

  @Test
  void harmIsInTheTreatedArmAlone() {
    Reading.Split split =
        assertInstanceOf(
            Reading.Split.class,
            start("errors@low").read(SPLIT, window(ofMinutes(30), ofMinutes(60))));

    assertTrue(rate(split.treated()) > 0.2, split::toString);
    assertTrue(rate(split.control()) < 0.002, split::toString);
  }

  @Test
  void beforeTheRolloutEverybodyIsTheControl() {
    Reading.Split split =
        assertInstanceOf(
            Reading.Split.class,
            start("errors@low").read(SPLIT, window(ofMinutes(-30), ofMinutes(-1))));

    assertEquals(new Reading.Counts(0, 0), split.treated());
    assertTrue(split.control().requests() > 0);
  }

  @Test
  void windowsSideBySideAddUpInOneRequest() {
    ElasticsearchSignals signals = start("healthy");
    List<Window> minutes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      minutes.add(window(ofMinutes(i), ofMinutes(i + 1)));
    }
    double sum =
        signals.readAll(REQUESTS, minutes).stream()
            .mapToDouble(one -> ((Reading.Value) one).value())
            .sum();

    assertEquals(
        signals.read(REQUESTS, window(ofMinutes(0), ofMinutes(60))), new Reading.Value(sum));
  }

  @Test
  void whatThePlanDoesNotAskIsNotThere() {
    ElasticsearchSignals signals = start("healthy");
    Window window = window(ofMinutes(30), ofMinutes(60));

    assertEquals(
        new Reading.Value(0),
        signals.read(new SignalQuery.LogCount("logs", "gitaly-production-*", "x:y", true), window));
    assertInstanceOf(
        Reading.Unavailable.class,
        signals.read(new SignalQuery.LogCount("logs", "other", "x:y", true), window));
  }

  @Test
  void itsHealthIsGood() {
    start("healthy");

    List<Health.Finding> findings =
        new ElasticsearchHealth(endpoint(), "time", List.of(SPLIT, REQUESTS), () -> now).examine();
    assertTrue(
        findings.stream()
            .filter(one -> !one.subject().equals("clock"))
            .allMatch(one -> one.wellness() == Health.Wellness.WELL),
        findings::toString);
  }

  @Test
  void itSpeaksAsElasticsearchDoes() throws Exception {
    start("healthy");
    String range =
        "{\"range\":{\"time\":{\"gte\":\"2026-11-22T09:00:00Z\",\"lt\":\"2026-11-22T10:00:00Z\"}}}";
    String found =
        Probe.postJson(
            server.address(), "/gitaly-production-*/_search", "{\"query\":" + range + "}");
    Schemas.assertFits("elasticsearch/search.200.schema.json", found);
    Schemas.assertFits(
        "elasticsearch/error.schema.json",
        Probe.postJson(server.address(), "/nope/_search", "{\"query\":" + range + "}"));
  }

  private HttpEndpoint endpoint() {
    return new HttpEndpoint(
        client, server.address().toString(), Credentials.NONE, HttpLimits.DEFAULT);
  }

  private static double rate(Reading.Counts counts) {
    return counts.errors() / counts.requests();
  }

  private static Window window(Duration from, Duration to) {
    return new Window(History.at(from), History.at(to));
  }
}
