package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rollout.sandbox.Fault;
import rollout.testing.Ended;
import rollout.testing.LoneGitLab;
import rollout.testing.Playground;
import rollout.testing.Running;
import rollout.testing.ShortPlans;

/** A signal ends an abort: 0 when everything is off, 30 whenever anything may be on. */
@Timeout(120)
class AbortSignalTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Fault HANGS = Fault.late(Duration.ofMinutes(10));

  @TempDir Path directory;

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void afterOffItIsNoFailureAndSaysUntilWhen() {
    try (LoneGitLab gitLab = new LoneGitLab(directory, Clock.systemUTC());
        Running abort = gitLab.product().begin("abort", FLAG)) {
      abort.until(SOON, "OFF", () -> abort.said("is OFF"));
      abort.signal("TERM");
      Ended ended = abort.end(SOON);
      assertEquals(0, ended.code(), ended::toString);
      assertTrue(ended.err().contains("not sealed until "), ended::toString);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void beforeOffItMayBeOn() {
    try (LoneGitLab gitLab = new LoneGitLab(directory, Clock.systemUTC())) {
      gitLab.faults().arm(1000, LoneGitLab::isOff, HANGS);
      try (Running abort = gitLab.product().begin("abort", FLAG, "--timeout", "0")) {
        abort.until(SOON, "the request", () -> gitLab.offs() > 0);
        abort.signal("TERM");
        Ended ended = abort.end(SOON);
        assertEquals(30, ended.code(), ended::toString);
        assertTrue(ended.err().contains("it may still be on"), ended::toString);
        assertTrue(ended.err().contains("Feature.disable(:" + FLAG + ")"), ended::toString);
      }
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void withOneOfTwoEnvironmentsOffTheOtherMayBeOn() {
    try (Playground playground = Playground.open(directory, ShortPlans.fourStages(), "healthy")) {
      playground.gitLab("production").faults().arm(1000, LoneGitLab::isOff, HANGS);
      try (Running abort = playground.product().begin("abort", FLAG)) {
        abort.until(SOON, "OFF in staging", () -> abort.said("is OFF in staging"));
        abort.signal("TERM");
        Ended ended = abort.end(SOON);
        assertEquals(30, ended.code(), ended::toString);
        assertTrue(ended.err().contains("NOT VERIFIED off in production"), ended::toString);
      }
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void inTheFirstMillisecondsItIsNoSuccess() {
    try (LoneGitLab gitLab = new LoneGitLab(directory, Clock.systemUTC());
        Running abort = gitLab.product().begin("abort", FLAG)) {
      abort.signal("TERM");
      Ended ended = abort.end(SOON);
      assertNotEquals(0, ended.code(), ended::toString);
    }
  }
}
