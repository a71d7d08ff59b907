package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.Running;
import rollout.testing.ShortPlans;

/** One terminal drives; what the commands in another do to it. */
@Timeout(120)
class OtherTerminalTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void approvalHoldAndPromotionReachTheRunner() {
    String plan = ShortPlans.withApproval(ShortPlans.longAtFivePercent());
    try (Playground playground = Playground.open(directory, plan, "healthy");
        Running driver = playground.product().begin("start", FLAG)) {
      driver.until(SOON, "the question", () -> playground.isIn("awaiting_approval"));
      assertRefusesToDrive(playground);
      assertEquals(0, playground.run("hold", FLAG, "--reason", "lunch").code());
      assertEquals("held", playground.status().path("phase").asText());
      assertEquals(3, playground.run("approve", FLAG).code(), "held is not clear");
      assertEquals(0, playground.run("resume", FLAG).code());
      assertEquals(3, playground.run("approve", FLAG, "--stage", "low").code());
      assertEquals(0, playground.run("approve", FLAG, "--stage", "staging").code());
      driver.until(SOON, "the bake of stage low", () -> playground.has("StageVerified", 2));
      assertEquals(0, playground.run("promote", FLAG, "--reason", "seen enough").code());

      Ended ended = driver.end(SOON);

      assertEquals(0, ended.code(), ended::toString);
      assertEquals(List.of("staging", "low", "mid", "full"), playground.passed());
      assertEquals("seen enough", reason(playground.history("Promoted").get(0)));
      assertEquals("lunch", reason(playground.history("Held").get(0)));
    }
  }

  private static String reason(JsonNode event) {
    return event.path("reason").asText();
  }

  private static void assertRefusesToDrive(Playground playground) {
    long before = said(playground);
    assertEquals(5, playground.run("start", FLAG).code());
    assertEquals(5, playground.run("stage", FLAG, "staging").code());
    assertEquals(5, playground.run("tick", FLAG).code());
    assertEquals(0, playground.run("tick", "--all").code());
    Ended resume = playground.run("resume", FLAG);
    assertEquals(5, resume.code(), resume::toString);
    assertEquals(before, said(playground), "nothing was recorded");
  }

  /** How many events there are that are no looks: those go on meanwhile. */
  private static long said(Playground playground) {
    return playground.history().stream()
        .map(event -> event.path("type").asText())
        .filter(type -> !type.equals("Measured") && !type.equals("Judged"))
        .count();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anAbortEndsTheRunnerWith21AndTheFlagIsOff() {
    try (Playground playground =
            Playground.open(directory, ShortPlans.longAtFivePercent(), "healthy");
        Running driver = playground.product().begin("start", FLAG)) {
      driver.until(SOON, "the bake of stage low", () -> playground.has("StageVerified", 2));

      Ended abort = playground.run("abort", FLAG, "--reason", "pager", "-o", "json");

      assertEquals(0, abort.code(), abort::toString);
      assertEquals("aborted", abort.json().path("phase").asText());
      assertTrue(abort.json().path("sealed").asBoolean());
      Ended ended = driver.end(SOON);
      assertEquals(21, ended.code(), ended::toString);
      assertTrue(playground.gates("staging").isOff());
      assertTrue(playground.gates("production").isOff());
      assertEquals(List.of("5"), playground.raises("production"));
      List<String> values =
          playground.writes("production").stream().map(form -> form.get("value")).toList();
      assertFalse(
          values.subList(values.indexOf("false"), values.size()).stream()
              .anyMatch(value -> !value.equals("false")),
          () -> "nothing but off after the first off: " + values);
      assertEquals("pager", reason(playground.history("AbortRequested").get(0)));
    }
  }
}
