package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rollout.testing.Eventually;
import rollout.testing.Playground;
import rollout.testing.Running;
import rollout.testing.ScriptedPrometheus;
import rollout.testing.ShortPlans;

/**
 * Whatever a rollout waits for, its guardrails are asked while anything is on, and a breach takes
 * the flag back. A schedule of {@code tick --all} does the watching, as nobody else is there.
 */
@Timeout(120)
class WatchThroughTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String LONG =
      ShortPlans.oneStage()
          .replace("bake: 400ms", "bake: 5m")
          .replace("max_gap: 5s", "max_gap: 1s");

  @TempDir Path directory;

  /** What Prometheus says: whether errors happen, and whether it knows anything at all. */
  private volatile boolean sick;

  private volatile boolean silent;
  private volatile boolean slow;
  private final ScriptedPrometheus prometheus = new ScriptedPrometheus(this::answer);
  private Playground playground;

  @AfterEach
  void close() {
    playground.close();
    prometheus.close();
  }

  private OptionalDouble answer(String query) {
    if (silent) {
      return OptionalDouble.empty();
    }
    if (query.startsWith("p99")) {
      return OptionalDouble.of(slow ? 2 : 0.1);
    }
    return OptionalDouble.of(query.contains("errors_total") ? sick ? 500 : 0 : 1000);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whileAnApprovalIsAwaited() {
    begin(ShortPlans.withApproval(ShortPlans.oneStage()));
    tickUntil("awaiting_approval");

    watchesAndTakesBack();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whileAPersonHoldsIt() {
    begin(LONG);
    tickUntil("baking");
    assertEquals(0, playground.run("hold", FLAG).code());

    watchesAndTakesBack();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whileItWaitsForTheNextJob() {
    open(ShortPlans.fourStages());
    assertEquals(0, playground.run("stage", FLAG, "staging").code());
    tickUntil("held");

    watchesAndTakesBack();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void afterItsProcessWasToldToStop() {
    open(LONG);
    interrupt(running -> running.signal("TERM"));

    watchesAndTakesBack();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void afterItsProcessWasKilled() {
    open(LONG);
    interrupt(Running::kill);

    watchesAndTakesBack();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whileAnotherGuardrailHoldsIt() {
    String p99 =
        "guardrails:\n  - { name: p99, source: prometheus, value: p99, max: 0.5, on_breach: hold }";
    begin(LONG.replace("guardrails:", p99));
    tickUntil("baking");
    slow = true;
    tickUntil("held");

    watchesAndTakesBack();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whenEvidenceComesBackAfterAnOutage() {
    begin(LONG);
    tickUntil("baking");
    silent = true;
    tickUntil("held");
    assertTrue(playground.status().path("reason").asText().contains("no conclusive look"));
    silent = false;

    watchesAndTakesBack();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aBreachInAGapThatNobodyWatchedIsFoundAfterwards() {
    begin(LONG);
    tickUntil("baking");
    assertTrue(playground.status().path("driven_by").isNull());
    sick = true;
    int before = playground.history("Measured").size();

    // nobody ticks until more looks are due than a guardrail needs to fail
    Eventually.until(
        SOON,
        "an unwatched second",
        () -> playground.run("status", FLAG).out().contains("nobody has watched this since"));

    assertEquals(20, playground.run("tick", "--all").code());
    assertTrue(playground.history("Measured").size() >= before + 3);
    assertTrue(playground.gates("production").isOff());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void nothingIsAskedAfterTheEnd() {
    open(ShortPlans.oneStage());
    assertEquals(0, playground.run("start", FLAG).code());
    int asked = prometheus.asked().size();

    assertEquals(0, playground.run("tick", "--all").code());

    assertEquals(asked, prometheus.asked().size());
    assertTrue(playground.status().path("unwatched_since").isNull());
  }

  private void open(String plan) {
    playground = Playground.open(directory, plan, "healthy");
    playground.set("PROMETHEUS_URL", prometheus.url());
  }

  private void begin(String plan) {
    open(plan);
    assertEquals(7, playground.run("start", FLAG, "--detach").code());
  }

  private void interrupt(Consumer<Running> how) {
    try (Running running = playground.product().begin("start", FLAG)) {
      running.until(SOON, "a look", () -> playground.has("Measured", 1));
      how.accept(running);
      running.end(SOON);
    }
  }

  private void tickUntil(String phase) {
    Eventually.until(
        SOON,
        "phase " + phase,
        () -> {
          playground.run("tick", "--all");
          return playground.isIn(phase);
        });
  }

  /** It is asked again and again; then things go wrong, and the flag is taken back. */
  private void watchesAndTakesBack() {
    int asked = prometheus.asked().size();
    Eventually.until(
        SOON,
        "looks in phase " + playground.status().path("phase"),
        () -> {
          int code = playground.run("tick", "--all").code();
          assertTrue(code == 0 || code == 4, "tick --all ended with " + code);
          return prometheus.asked().size() > asked + 3;
        });
    sick = true;
    Eventually.until(SOON, "the rollback", () -> playground.run("tick", "--all").code() == 20);
    assertTrue(playground.isIn("rolled_back"));
    assertTrue(playground.gates("production").isOff());
    assertTrue(playground.gates("staging").isOff());
  }
}
