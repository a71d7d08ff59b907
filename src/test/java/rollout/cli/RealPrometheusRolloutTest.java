package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rollout.config.PlanReader;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.sandbox.GateChange;
import rollout.sandbox.Sandbox;
import rollout.sandbox.SandboxRequest;
import rollout.sandbox.SandboxWorld;
import rollout.sandbox.Scenario;
import rollout.testing.LiveCounters;
import rollout.testing.LiveService;
import rollout.testing.RealPrometheus;

/**
 * Whole rollouts through the program, decided by a real Prometheus: GitLab and Sentry are the
 * sandbox's over HTTP, and what Prometheus knows are counters that follow from that GitLab's true
 * gates.
 */
@Timeout(100)
class RealPrometheusRolloutTest {
  @RegisterExtension static final RealPrometheus PROMETHEUS = new RealPrometheus();

  private static final InstantSource CLOCK = InstantSource.system();
  private static final String COMPARE = "real-prometheus-compare";
  private static final String EXACT = "grpc-errors-exact";
  private static final List<String> WRITES_UP_TO_HALF =
      List.of(
          "value=true&user=rollout-bot",
          "value=5&key=percentage_of_actors",
          "value=50&key=percentage_of_actors");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Instant born = CLOCK.instant().minusSeconds(5);
  @TempDir private Path directory;
  private Sandbox sandbox;
  private LiveCounters counters;

  @AfterEach
  void stop() {
    sandbox.close();
    counters.close();
  }

  @Test
  void aHealthyServiceWithoutAnyErrorSeriesIsCompleted() throws Exception {
    FlagName flag = new FlagName("gitaly_commit_stats");

    assertEquals(0, rollOut(flag, "CommitStats", exposure -> false), this::said);

    assertEquals(GateState.on(), sandbox.gitLab("production").gates(flag.value()));
    assertEquals(GateState.on(), sandbox.gitLab("staging").gates(flag.value()));
    List<JsonNode> history = history(flag);
    assertEquals(
        List.of("staging", "low", "half", "full"),
        ofType(history, "StagePassed").stream().map(event -> event.get("stage").asText()).toList());
    assertEquals(List.of(), breaches(history, "grpc-errors"));
    assertEquals(List.of(), breaches(history, EXACT));
    assertTrue(findings(history, "grpc-errors").size() >= 8, this::said);
    assertEquals(List.of("NoData"), errorReadings(history));
  }

  @Test
  void aBreachAtHalfIsTakenBackAtOnce() throws Exception {
    FlagName flag = new FlagName("gitaly_find_commit");

    assertEquals(
        20,
        rollOut(flag, "FindCommit", exposure -> exposure.compareTo(Exposure.parse("50%")) >= 0),
        this::said);

    assertEquals(GateState.OFF, sandbox.gitLab("production").gates(flag.value()));
    assertEquals(GateState.on(), sandbox.gitLab("staging").gates(flag.value()));
    assertEquals(WRITES_UP_TO_HALF, writes().subList(0, 3));
    assertEquals(
        List.of("value=false"), writes().subList(3, writes().size()).stream().distinct().toList());
    List<JsonNode> history = history(flag);
    JsonNode decided = ofType(history, "RollbackDecided").get(0);
    assertEquals("half", decided.get("stage").asText());
    assertTrue(decided.get("guardrail").asText().startsWith("grpc-errors"), decided::toString);
    List<JsonNode> breaches = breaches(history, EXACT);
    assertEquals(2, breaches.size(), breaches::toString);
    assertTrue(
        breaches.stream()
            .mapToDouble(finding -> finding.get("value").asDouble())
            .allMatch(share -> share > 0.1 && share < 0.3),
        () -> "a quarter of all calls failed: " + breaches);
    Duration took = Duration.between(at(decided), offAt(flag));
    assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, () -> "off after " + took);
  }

  @Test
  void aComparisonCountsEachCallOnceAndPassesTheHealthy() throws Exception {
    FlagName flag = new FlagName("gitaly_commit_stats");

    assertEquals(0, rollOut(COMPARE, flag, "CommitStats", exposure -> false), this::said);

    List<JsonNode> history = history(flag);
    assertEquals(1, ofType(history, "PastRead").size(), this::said);
    List<JsonNode> windows = windowsOf(history, "half");
    assertTrue(windows.size() >= 6, this::said);
    for (int i = 1; i < windows.size(); i++) {
      assertEquals(windows.get(i - 1).get("to"), windows.get(i).get("from"), this::said);
    }
  }

  @Test
  void aComparisonTakesBackWhatHurtsThoseWithTheFlag() throws Exception {
    FlagName flag = new FlagName("gitaly_find_commit");

    assertEquals(
        20,
        rollOut(
            COMPARE,
            flag,
            "FindCommit",
            exposure -> exposure.compareTo(Exposure.parse("50%")) >= 0),
        this::said);

    assertEquals(GateState.OFF, sandbox.gitLab("production").gates(flag.value()));
    JsonNode decided = ofType(history(flag), "RollbackDecided").get(0);
    assertEquals("half", decided.get("stage").asText());
    assertEquals("errors-vs-control", decided.get("guardrail").asText());
    assertTrue(decided.get("value").asDouble() >= decided.get("limit").asDouble(), this::said);
  }

  /** What was counted while a stage was watched, look by look. */
  private static List<JsonNode> windowsOf(List<JsonNode> history, String stage) {
    return ofType(history, "Measured").stream()
        .filter(look -> look.get("stage").asText().equals(stage))
        .flatMap(look -> list(look.get("measurements")).stream())
        .filter(one -> !one.get("from").equals(one.get("to")))
        .toList();
  }

  private int rollOut(FlagName flag, String method, Predicate<Exposure> harmful)
      throws IOException {
    return rollOut("real-prometheus", flag, method, harmful);
  }

  private int rollOut(String name, FlagName flag, String method, Predicate<Exposure> harmful)
      throws IOException {
    Path file = Path.of("src/test/resources/cli/" + name + ".yaml").toAbsolutePath();
    Plan plan = PlanReader.read("plan", Files.readString(file)).drivable(flag, Map.of());
    sandbox = new Sandbox(plan, flag, Scenario.HEALTHY, CLOCK, 1);
    sandbox.start();
    counters =
        new LiveCounters(
            PROMETHEUS,
            List.of(
                service("staging", "gstg", flag, method, exposure -> false),
                service("production", "gprd", flag, method, harmful)),
            born,
            CLOCK);
    return run("start", flag.value(), "--config", file.toString());
  }

  private LiveService service(
      String environment, String label, FlagName flag, String method, Predicate<Exposure> harmful) {
    return new LiveService(
        label,
        method,
        flag.value().substring("gitaly_".length()),
        () -> sandbox.gitLab(environment).changes(flag.value()),
        harmful,
        born);
  }

  private int run(String... arguments) {
    return Main.run(machine(), arguments);
  }

  private Machine machine() {
    Map<String, String> environment =
        Map.of(
            "STAGING_URL", sandbox.gitLab("staging").address().toString(),
            "PRODUCTION_URL", sandbox.gitLab("production").address().toString(),
            "GITLAB_TOKEN", SandboxWorld.TOKEN,
            "PROMETHEUS_URL", PROMETHEUS.url(),
            "SENTRY_URL", sandbox.sandboxPlan().source("sentry").url().text(),
            "SENTRY_TOKEN", "sentry-token",
            "ROLLOUT_STATE", "sqlite:" + directory.resolve("rollout.db"));
    return new Machine(
        environment::get,
        new PrintWriter(out),
        new PrintWriter(err),
        Optional.empty(),
        Optional.empty(),
        directory,
        CLOCK,
        System::nanoTime,
        ZoneOffset.UTC,
        "localhost",
        "tester",
        new Interruptions());
  }

  private String said() {
    return out + "\n" + err;
  }

  private List<JsonNode> history(FlagName flag) throws IOException {
    out.getBuffer().setLength(0);
    assertEquals(0, run("history", flag.value(), "-o", "json"), this::said);
    return list(new ObjectMapper().readTree(out.toString()).get("events"));
  }

  private static List<JsonNode> ofType(List<JsonNode> history, String type) {
    return history.stream().filter(event -> event.get("type").asText().equals(type)).toList();
  }

  private static List<JsonNode> findings(List<JsonNode> history, String guardrail) {
    return ofType(history, "Judged").stream()
        .flatMap(look -> list(look.get("findings")).stream())
        .filter(finding -> finding.get("guardrail").asText().equals(guardrail))
        .toList();
  }

  private static List<JsonNode> breaches(List<JsonNode> history, String guardrail) {
    return findings(history, guardrail).stream()
        .filter(finding -> finding.get("breached").asBoolean())
        .toList();
  }

  /** What the query for errors was answered with, each kind once. */
  private static List<String> errorReadings(List<JsonNode> history) {
    return ofType(history, "Measured").stream()
        .flatMap(look -> list(look.get("measurements")).stream())
        .filter(measurement -> measurement.get("guardrail").asText().equals("grpc-errors"))
        .map(measurement -> measurement.at("/readings/errors/type").asText())
        .distinct()
        .toList();
  }

  private List<String> writes() {
    return sandbox.gitLab("production").requests().stream()
        .filter(SandboxRequest::isWrite)
        .map(SandboxRequest::body)
        .toList();
  }

  private Instant offAt(FlagName flag) {
    return sandbox.gitLab("production").changes(flag.value()).stream()
        .filter(change -> change.gates().isOff())
        .map(GateChange::at)
        .findFirst()
        .orElseThrow();
  }

  private static Instant at(JsonNode event) {
    return Instant.parse(event.get("at").asText());
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
