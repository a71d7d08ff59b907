package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.PastService;
import rollout.testing.Product;
import rollout.testing.RealPrometheus;

/** {@code backtest FLAG} over thirty days of a real Prometheus. */
@Timeout(120)
class BacktestRealPrometheusTest {
  @RegisterExtension static final RealPrometheus PROMETHEUS = new RealPrometheus();

  private static final Instant UNTIL = Clock.systemUTC().instant().truncatedTo(ChronoUnit.HOURS);
  private static final Instant FROM = UNTIL.minus(Duration.ofDays(30));
  private static final Instant INCIDENT = FROM.plus(Duration.ofDays(28)).plusSeconds(4 * 3600);
  private static final Duration LASTING = Duration.ofMinutes(40);

  @TempDir Path directory;
  private Product product;

  @BeforeAll
  static void fill() {
    new PastService(FROM.minusSeconds(3600), UNTIL, INCIDENT, LASTING, 0.013)
        .writeTo(PROMETHEUS, 2);
  }

  @BeforeEach
  void plan() throws IOException {
    Files.writeString(directory.resolve("rollout.yaml"), yaml("1%"));
    product = Product.in(directory).with("PROMETHEUS_URL", PROMETHEUS.url());
  }

  static String yaml(String limit) {
    return """
    version: 1
    environments:
      production: { url: "${NOBODY_SETS_THIS}", token: "${NOR_THIS}", variables: { env: gprd } }
    sources:
      prometheus: { type: prometheus, url: "${PROMETHEUS_URL}" }
      sentry: { type: sentry, url: "${NOR_THAT}", organization: gitlab, token: "${NOR_THAT}" }
    guardrails:
      - name: errors
        source: prometheus
        errors: sum(increase(errors_total{env="{{env}}"}[{{window}}]))
        requests: sum(increase(requests_total{env="{{env}}"}[{{window}}]))
        max_ratio: %s
        window: 5m
        for: 3
      - { name: latency, source: prometheus, value: 'max(latency_seconds{env="{{env}}"})', max: 0.5, for: 3 }
      - { name: new-issues, source: sentry, project: p, query: "x", count: new_issues, max: 0, on_breach: hold }
    stages:
      - { name: dev,  environment: production, exposure: 1%%,   bake: 15m, unguarded: true, guardrails: [], approval: "Tested" }
      - { name: low,  environment: production, exposure: 5%%,   bake: 2h }
      - { name: mid,  environment: production, exposure: 50%%,  bake: 24h }
      - { name: full, environment: production, exposure: 100%%, bake: 7d }
    """
        .formatted(limit);
  }

  @Test
  void onlyTheIncidentStopsAndALimitAboveItWouldHaveStoppedNone() {
    Ended ended = backtest("30d", "-o", "json");
    assertEquals(0, ended.code(), ended::toString);
    JsonNode json = ended.json();
    assertEquals(FLAG, json.get("flag").asText());
    assertEquals(FROM.toString(), json.get("from").asText());
    assertEquals(UNTIL.toString(), json.get("to").asText());
    assertTrue(json.get("looks").asLong() > 43_000, json::toString);
    assertEquals(json.get("stopped").asInt(), json.get("stops").size());
    assertTrue(json.get("stopped").asInt() > 1, "each stop ends one rollout and begins the next");
    for (JsonNode stop : json.get("stops")) {
      isOfTheIncident(stop);
    }
    double better = json.get("guardrails").get(0).get("limit_that_stops_none").asDouble();
    assertTrue(better > 0.012 && better <= 0.014, json::toString);
    assertTrue(json.get("passed_over").toString().contains("new-issues"), json::toString);
  }

  private static void isOfTheIncident(JsonNode stop) {
    assertEquals("errors", stop.get("guardrail").asText());
    assertEquals(3, stop.get("looks").asInt());
    assertEquals(0.01, stop.get("limit").asDouble());
    assertTrue(stop.get("value").asDouble() > 0.01, stop::toString);
    Instant at = Instant.parse(stop.get("at").asText());
    Instant seen = INCIDENT.plus(LASTING).plus(Duration.ofMinutes(6));
    assertTrue(at.isAfter(INCIDENT) && at.isBefore(seen), stop::toString);
  }

  @Test
  void theSuggestedLimitKeepsItsWord() throws IOException {
    double better =
        backtest("3d", "-o", "json")
            .json()
            .get("guardrails")
            .get(0)
            .get("limit_that_stops_none")
            .asDouble();
    Files.writeString(
        directory.resolve("rollout.yaml"), yaml(Math.round(better * 100_000) / 1000.0 + "%"));
    JsonNode json = backtest("3d", "-o", "json").json();
    assertEquals(0, json.get("stopped").asInt(), json::toString);
    assertEquals(1, json.get("rollouts").asInt());
  }

  @Test
  void theSamePastGivesTheSameTextByteForByte() {
    assertEquals(backtest("3d", "-o", "json").out(), backtest("3d", "-o", "json").out());
    Ended text = backtest("3d");
    assertEquals(text.out(), backtest("3d").out());
    assertTrue(text.out().contains("would have stopped "), text::toString);
    assertTrue(text.out().contains("would have stopped none"), text::toString);
    assertTrue(text.out().contains("new-issues: "), text::toString);
    assertEquals("", text.err());
  }

  @Test
  void whereThereIsNoPastThatIsSaidAndNothingIsStopped() {
    Ended ended =
        product.run(
            "backtest",
            FLAG,
            "--last",
            "1d",
            "--until",
            FROM.minus(Duration.ofDays(20)).toString());
    assertEquals(0, ended.code(), ended::toString);
    assertTrue(ended.out().contains("would have stopped none of 1 rollout"), ended::toString);
    assertTrue(ended.out().contains("evidence stayed away"), ended::toString);
  }

  @Test
  void whatCannotBeDoneIsSaid() throws IOException {
    assertEquals(2, product.run("backtest").code());
    assertEquals(2, product.run("backtest", FLAG, "--until", "yesterday").code());
    Files.writeString(
        directory.resolve("rollout.yaml"),
        yaml("1%")
            .replace(
                "sum(increase(errors_total{env=\"{{env}}\"}",
                "(increase(errors_total{env=\"{{env}}\"}"));
    Ended several = backtest("1d");
    assertEquals(2, several.code(), several::toString);
    assertTrue(several.err().contains("2 series"), several::toString);
    Ended nobody = product.with("PROMETHEUS_URL", "http://127.0.0.1:9").run("backtest", FLAG);
    assertEquals(6, nobody.code(), nobody::toString);
  }

  @Test
  void aPlanSaysWhatItsStagesCouldSee() {
    Product then = product.with(InstantSource.fixed(FROM.plus(Duration.ofDays(20))));
    JsonNode stages = then.run("plan", FLAG, "-o", "json").json().get("stages");
    JsonNode low = stages.get(1).get("foreseen").get(0);
    assertEquals("errors", low.get("guardrail").asText());
    assertEquals(0.0005, low.get("error_rate").asDouble(), 0.0001);
    assertEquals(2 * 3600 * 60, low.get("requests_expected").asDouble(), 20_000);
    double ratio = low.get("detectable_ratio").asDouble();
    assertEquals(1 + 19 / 0.1855, ratio, 5, "1 % of all is so many times what 18.5 % of them do");
    assertTrue(low.get("twice_found_after_s").isNull(), low::toString);
    Ended text = then.run("plan", FLAG);
    assertTrue(text.out().contains("requests expected, 0.0"), text::toString);

    Ended unset = then.with("PROMETHEUS_URL", null).run("plan", FLAG);
    assertEquals(0, unset.code(), unset::toString);
    assertTrue(unset.out().contains("not known: "), unset::toString);
    Ended silent = then.with("PROMETHEUS_URL", "http://127.0.0.1:9").run("plan", FLAG);
    assertEquals(0, silent.code(), silent::toString);
    assertFalse(then.run("plan", FLAG, "--offline").out().contains("requests expected"));
  }

  private Ended backtest(String last, String... more) {
    String[] arguments = new String[6 + more.length];
    String[] first = {"backtest", FLAG, "--last", last, "--until", UNTIL.toString()};
    System.arraycopy(first, 0, arguments, 0, 6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return product.run(arguments);
  }
}
