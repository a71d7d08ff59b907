package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.sandbox.Fault;
import rollout.sandbox.Reply;
import rollout.testing.Ended;
import rollout.testing.Eventually;
import rollout.testing.Playground;
import rollout.testing.ScriptedPrometheus;
import rollout.testing.ShortPlans;

/**
 * What {@code start}, {@code stage}, {@code tick} and {@code resume} do on a rollout that exists
 * already: the rows of the contract's table, one test each (the row of a live runner is in {@link
 * OtherTerminalTest}, that of a signal in {@link SignalTest}).
 */
@Timeout(60)
class ExistingRolloutTest {
  @TempDir Path directory;
  private Playground playground;

  @AfterEach
  void close() {
    playground.close();
  }

  private void open(String plan, String scenario) {
    playground = Playground.open(directory, plan, scenario);
  }

  private void assertCode(int code, String... arguments) {
    Ended ended = playground.run(arguments);
    assertEquals(code, ended.code(), () -> String.join(" ", arguments) + ": " + ended);
  }

  /** Each ends so, and none of them sends a write. */
  private void assertNothingSent(int start, int stage, int tick, int resume) {
    int before = playground.writes();
    assertCode(start, "start", FLAG);
    assertCode(stage, "stage", FLAG, "low");
    assertCode(tick, "tick", FLAG);
    assertCode(resume, "resume", FLAG, "--max-wait", "100ms");
    assertEquals(before, playground.writes(), "writes");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void none() {
    open(ShortPlans.fourStages(), "healthy");
    assertCode(3, "stage", FLAG, "low");
    assertCode(0, "tick", FLAG);
    assertCode(3, "resume", FLAG);
    assertCode(3, "status", FLAG);
    assertEquals(0, playground.writes());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void nobodyDrivesIt() {
    open(ShortPlans.fourStages(), "healthy");
    assertCode(7, "start", FLAG, "--detach");
    assertCode(3, "stage", FLAG, "low");
    assertCode(7, "tick", FLAG);
    assertCode(0, "stage", FLAG, "staging");
    assertCode(0, "stage", FLAG, "staging");
    assertCode(0, "resume", FLAG);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aLimitIsNotPassedByAnyTickUntilItIsLifted() {
    open(ShortPlans.fourStages(), "healthy");
    assertCode(0, "start", FLAG, "--until", "staging");
    assertCode(7, "tick", FLAG);
    assertEquals("held", playground.status().path("phase").asText());
    assertEquals("waiting for stage low", playground.status().path("reason").asText());
    assertEquals(7, playground.status().path("exit_code").asInt());
    assertEquals(0, playground.writes("production").size());
    assertCode(0, "stage", FLAG, "low");
    assertEquals(List.of("5"), playground.raises("production"));
    assertCode(0, "start", FLAG);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void heldByAPerson() {
    open(ShortPlans.longAtFivePercent(), "healthy");
    assertCode(0, "start", FLAG, "--until", "staging");
    assertCode(0, "hold", FLAG);
    int before = playground.writes();
    assertCode(4, "start", FLAG);
    assertCode(4, "stage", FLAG, "low");
    assertCode(4, "tick", FLAG);
    assertEquals(before, playground.writes(), "writes");
    assertCode(7, "resume", FLAG, "--max-wait", "1s");
    assertEquals(List.of("5"), playground.raises("production"));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void heldByAGuardrail() {
    open(ShortPlans.oneStage().replace("on_breach: rollback", "on_breach: hold"), "errors@low");
    assertCode(4, "start", FLAG, "--max-wait", "1500ms");
    assertNothingSent(4, 4, 4, 7);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void heldByDrift() {
    open(ShortPlans.longAtFivePercent(), "healthy");
    assertCode(7, "start", FLAG, "--max-wait", "2s");
    var gates = playground.gates("production");
    playground
        .gitLab("production")
        .set(FLAG, gates.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("20%")));
    Eventually.until(
        Duration.ofSeconds(20),
        "a tick that holds",
        () -> playground.run("tick", FLAG).code() == 4);
    assertNothingSent(4, 4, 4, 4);
    assertCode(7, "resume", FLAG, "--adopt", "--max-wait", "500ms");
    assertEquals("20%", playground.status().path("exposure").path("production").asText());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void heldForWantOfEvidence() {
    open(ShortPlans.oneStage().replace("max_gap: 5s", "max_gap: 300ms"), "healthy");
    AtomicBoolean speaks = new AtomicBoolean();
    try (ScriptedPrometheus prometheus =
        new ScriptedPrometheus(
            query ->
                speaks.get() && query.contains("requests_total")
                    ? OptionalDouble.of(1000)
                    : OptionalDouble.empty())) {
      playground.set("PROMETHEUS_URL", prometheus.url());
      assertCode(4, "start", FLAG, "--max-wait", "1s");
      assertCode(4, "tick", FLAG);
      assertCode(4, "stage", FLAG, "low");
      speaks.set(true);
      assertCode(0, "start", FLAG);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void rollingBack() {
    open(ShortPlans.oneStage(), "errors@low");
    Reply busy = Reply.text(503, "text/html", "<html>busy</html>");
    playground
        .gitLab("production")
        .faults()
        .arm(1000, request -> "false".equals(request.form().get("value")), Fault.refused(busy));
    assertCode(30, "stage", FLAG, "low");
    assertEquals("rolling_back", playground.status().path("phase").asText());
    playground.gitLab("production").faults().clear();
    assertCode(20, "resume", FLAG);
    assertTrue(playground.gates("production").isOff());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void completed() {
    open(ShortPlans.oneStage().replace("exposure: 5%", "exposure: 100%"), "healthy");
    assertCode(0, "start", FLAG);
    assertNothingSent(3, 0, 0, 0);
    assertCode(0, "start", FLAG, "--again");
    assertEquals(List.of("true"), playground.raises("production"));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void rolledBack() {
    open(ShortPlans.oneStage(), "errors@low");
    assertCode(20, "start", FLAG);
    playground.set("CI", "true");
    assertNothingSent(20, 20, 0, 20);
    assertCode(2, "start", FLAG, "--again");
    assertCode(20, "start", FLAG, "--again", "--reason", "fixed, we think");
    assertEquals(List.of("5", "5"), playground.raises("production"));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aborted() {
    open(ShortPlans.longAtFivePercent(), "healthy");
    assertCode(0, "start", FLAG, "--until", "staging");
    assertCode(0, "abort", FLAG);
    assertTrue(playground.gates("staging").isOff());
    assertNothingSent(21, 21, 0, 21);
  }
}
