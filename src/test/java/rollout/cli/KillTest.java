package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static rollout.testing.Playground.FLAG;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rollout.sandbox.Fault;
import rollout.sandbox.SandboxRequest;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.Running;
import rollout.testing.ShortPlans;

/** kill -9 at moments that hurt, then {@code resume}: it ends as it would have, no raise twice. */
@Timeout(120)
class KillTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path directory;

  /**
   * A moment to kill at.
   *
   * @param slow the request to production's GitLab that is slow, so that it can be hit
   * @param fault what makes it slow
   * @param now whether the moment has come
   */
  record Moment(
      String words,
      String scenario,
      Predicate<SandboxRequest> slow,
      Fault fault,
      Predicate<Playground> now,
      int code) {
    @Override
    public String toString() {
      return words;
    }
  }

  static Stream<Moment> moments() {
    return Stream.of(
        moment("the rollout is in the journal", seen("Started", 1)),
        onItsWay("the marker's answer is on its way", "true", Fault.slow(SOON), true),
        onItsWay("a raise has not had its effect", "5", Fault.late(Duration.ofMillis(300)), false),
        onItsWay("a raise had its effect, its answer is lost", "50", Fault.slow(SOON), false),
        moment("a stage is entered", seen("StageEntered", 2)),
        moment("an exposure is confirmed", seen("ExposureConfirmed", 2)),
        moment("a bake has begun", seen("StageVerified", 2)),
        moment("a bake is half over", seen("Judged", 7)),
        moment("a stage has passed", seen("StagePassed", 3)),
        harm("a rollback is decided, off is on its way", seen("RollbackDecided", 1)),
        harm("it is off and not sealed", seen("SwitchedOff", 1)));
  }

  private static Predicate<Playground> seen(String type, int times) {
    return playground -> playground.has(type, times);
  }

  private static Moment moment(String words, Predicate<Playground> now) {
    return new Moment(words, "healthy", request -> false, Fault.slow(SOON), now, 0);
  }

  private static Moment harm(String words, Predicate<Playground> now) {
    Predicate<SandboxRequest> off = request -> "false".equals(request.form().get("value"));
    return new Moment(words, "errors@low", off, Fault.slow(Duration.ofMillis(200)), now, 20);
  }

  private static Moment onItsWay(String words, String value, Fault fault, boolean marker) {
    Predicate<SandboxRequest> slow =
        request ->
            value.equals(request.form().get("value"))
                && request.form().containsKey("user") == marker;
    return new Moment(
        words,
        "healthy",
        slow,
        fault,
        playground -> playground.gitLab("production").requests().stream().anyMatch(slow),
        0);
  }

  @ParameterizedTest
  @MethodSource("moments")
  @Execution(ExecutionMode.CONCURRENT)
  void resumeEndsItWithoutRepeatingARaise(Moment moment) {
    String plan = ShortPlans.withSlowRequests(ShortPlans.fourStages());
    try (Playground playground = Playground.open(directory, plan, moment.scenario)) {
      playground.gitLab("production").faults().arm(1, moment.slow, moment.fault);
      try (Running running = playground.product().begin("start", FLAG)) {
        running.until(SOON, moment.words, () -> moment.now.test(playground));
        running.kill();
      }

      Ended ended = playground.run("resume", FLAG);

      assertEquals(moment.code, ended.code(), ended::toString);
      assertEquals(List.of("true"), playground.raises("staging"));
      boolean healthy = moment.code == 0;
      assertEquals(
          healthy ? List.of("5", "50", "true") : List.of("5"), playground.raises("production"));
      assertEquals(healthy, playground.gates("production").everybody());
      assertEquals(!healthy, playground.gates("production").isOff());
    }
  }
}
