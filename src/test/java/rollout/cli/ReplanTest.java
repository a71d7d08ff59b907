package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
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

/** {@code replan}: the plan is frozen until a person replaces it, with a reason. */
@Timeout(120)
class ReplanTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String LONG = ShortPlans.longAtFivePercent();

  @TempDir Path directory;

  private void edit(String yaml) throws IOException {
    Files.writeString(directory.resolve("rollout.yaml"), yaml);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aRunnerInAnotherTerminalGoesOnUnderTheNewPlan() throws IOException {
    try (Playground playground = Playground.open(directory, LONG, "healthy");
        Running driver = playground.product().begin("start", FLAG)) {
      driver.until(SOON, "the bake of stage low", () -> playground.has("StageVerified", 2));
      edit(ShortPlans.fourStages());

      Ended dry = playground.run("replan", FLAG, "--dry-run");

      assertEquals(0, dry.code(), dry::toString);
      assertEquals("LOOSENS  stage low: bake 5m → 400ms\n", dry.out());
      assertFalse(playground.has("Replanned", 1), "nothing is recorded");
      assertEquals(2, playground.run("replan", FLAG).code(), "no reason");
      Ended replan =
          playground.run("replan", FLAG, "--reason", "five minutes are long", "-o", "json");
      assertEquals(0, replan.code(), replan::toString);
      assertTrue(replan.json().path("replan").path("loosens").asBoolean());
      assertTrue(replan.json().path("replan").path("begins_anew").asBoolean());

      Ended ended = driver.end(SOON);

      assertEquals(0, ended.code(), ended::toString);
      assertTrue(ended.out().contains("LOOSENS stage low: bake 5m → 400ms"), ended::toString);
      assertEquals(List.of("staging", "low", "mid", "full"), playground.passed());
      JsonNode event = playground.history("Replanned").get(0);
      assertEquals("five minutes are long", event.path("reason").asText());
      assertEquals(
          "stage low: bake 5m → 400ms", event.path("changes").get(0).path("words").asText());
      assertEquals(
          event.path("digest_after"), playground.status().path("replanned").path("digest_after"));
      Ended status = playground.run("status", FLAG);
      assertTrue(status.out().contains("1 change, 1 of which loosens it"), status::toString);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void itIsRefusedWithASentenceAndNothingIsRecorded() throws IOException {
    try (Playground playground = Playground.open(directory, LONG, "healthy")) {
      assertEquals(3, playground.run("replan", FLAG, "--reason", "none yet").code());
      assertEquals(7, playground.run("start", FLAG, "--max-wait", "2s").code());
      int before = playground.history().size();
      edit(
          LONG.replace(
              "environment: staging,    exposure: 100%", "environment: staging, exposure: 50%"));
      Ended entered = playground.run("replan", FLAG, "--reason", "narrower");
      assertEquals(3, entered.code(), entered::toString);
      assertTrue(entered.err().contains("stage staging was entered already"), entered::toString);
      assertEquals(3, playground.run("replan", FLAG, "--dry-run").code());
      edit(LONG.replace("stages:", "stages: nowhere"));
      assertEquals(2, playground.run("replan", FLAG, "--reason", "broken").code());
      edit(LONG + "# a comment\n");
      Ended same = playground.run("replan", FLAG, "--reason", "the same");
      assertEquals(0, same.code(), same::toString);
      assertTrue(same.err().contains("nothing was recorded"), same::toString);
      assertEquals(before, playground.history().size());
      assertEquals(0, playground.run("abort", FLAG).code());
      edit(LONG.replace("bake: 5m", "bake: 6m"));
      assertEquals(3, playground.run("replan", FLAG, "--reason", "too late").code());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whoGoesOnIsToldThatTheFileDiffersAndHowToReplaceThePlan() throws IOException {
    try (Playground playground = Playground.open(directory, LONG, "healthy")) {
      assertEquals(7, playground.run("start", FLAG, "--detach").code());
      edit(LONG.replace("max_ratio: 1%", "max_ratio: 0.5%"));
      Ended before = playground.run("start", FLAG, "--detach");
      assertEquals(7, before.code(), before::toString);
      assertTrue(before.err().contains("1 change, none of which loosens it"), before::toString);
      assertTrue(before.err().contains("rollout replan " + FLAG + " --dry-run"), before::toString);
    }
  }
}
