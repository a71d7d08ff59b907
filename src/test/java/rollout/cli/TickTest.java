package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static rollout.testing.Playground.FLAG;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.testing.Eventually;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** A schedule of ticks drives a rollout to its end, with no process in between. */
@Timeout(120)
class TickTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"healthy, completed, 5 50 true", "errors@mid, rolled_back, 5 50"})
  @Execution(ExecutionMode.CONCURRENT)
  void ticksAloneDriveItToItsEnd(String scenario, String end, String raises) {
    try (Playground playground = Playground.open(directory, ShortPlans.fourStages(), scenario)) {
      assertEquals(7, playground.run("start", FLAG, "--detach").code());

      Eventually.until(
          Duration.ofSeconds(60),
          "the end",
          () -> playground.run("tick", FLAG).code() != 7 && playground.isIn(end));

      assertEquals(List.of(raises.split(" ")), playground.raises("production"));
      assertEquals(0, playground.run("tick", FLAG).code(), "nothing is due any more");
      assertEquals(0, playground.run("tick", "--all").code());
    }
  }
}
