package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.testing.Ended;
import rollout.testing.Product;

/** {@code start --sandbox} with the plan at the top of the repository, as the README has it. */
@Timeout(120)
class SandboxStartTest {
  private static final Path PLAN =
      Path.of(System.getProperty("rollout.basedir", "."), "rollout.yaml").toAbsolutePath();

  @TempDir Path directory;

  private Ended start(String scenario) {
    return Product.in(directory)
        .run(
            "start",
            FLAG,
            "--config",
            PLAN.toString(),
            "--sandbox=" + scenario,
            "--speed",
            "10000000",
            "-o",
            "json");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aWeekEndsWithFiveStagesPassed() {
    Ended ended = start("healthy");

    assertEquals(0, ended.code(), ended::toString);
    assertEquals("completed", ended.json().path("phase").asText());
    JsonNode events = Product.in(directory).run("history", FLAG, "-o", "json").json();
    assertEquals(
        List.of("dev", "staging", "low", "mid", "full"),
        stages(events.path("events"), "StagePassed"));
    assertEquals(List.of("dev", "staging"), stages(events.path("events"), "Approved"));
    assertTrue(ended.err().contains("sandbox tester"), "who approves is shown");
  }

  private static List<String> stages(JsonNode events, String type) {
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.path("type").asText().equals(type))
        .map(event -> event.path("stage").asText())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "errors@mid, 20, rolled_back, mid",
    "latency@low, 20, rolled_back, low",
    "new-issue@low, 4, held, low",
  })
  @Execution(ExecutionMode.CONCURRENT)
  void theOtherEndings(String scenario, int code, String phase, String stage) {
    Ended ended = start(scenario);

    assertEquals(code, ended.code(), ended::toString);
    assertEquals(phase, ended.json().path("phase").asText());
    assertEquals(stage, ended.json().path("stage").asText());
    if (code == 20) {
      assertEquals("off", ended.json().path("exposure").path("production").asText());
    }
  }

  @Test
  void aSandboxRolloutIsPassedOverByTheRealCommands() {
    Product product = Product.in(directory);
    Ended sandbox = start("nobody-uses-it@low");
    assertEquals(4, sandbox.code(), sandbox::toString);
    assertEquals(0, product.run("tick", FLAG).code());
    assertEquals(0, product.run("tick", "--all").code());
    assertEquals(3, product.run("resume", FLAG).code());
    assertEquals("held", product.run("status", FLAG, "-o", "json").json().path("phase").asText());
  }
}
