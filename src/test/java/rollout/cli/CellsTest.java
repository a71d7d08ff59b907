package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.plan.GateState;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** Whole rollouts over two cells, and what comes back after one, over real HTTP. */
@Timeout(60)
class CellsTest {
  private static final GateState BEFORE =
      GateState.of(List.of("Project:278964", "User:42"), List.of("gitlab_team_members"));

  @TempDir Path directory;
  private Playground playground;

  @AfterEach
  void close() {
    playground.close();
  }

  @Test
  void everyCellGoesThroughEveryStage() {
    playground = Playground.open(directory, ShortPlans.withSecondCell("second"), "healthy");

    Ended ended = playground.run("start", FLAG, "-o", "json");

    assertEquals(0, ended.code(), ended::toString);
    assertEquals(List.of("staging", "low", "mid", "full"), playground.passed());
    assertEquals(List.of("5", "50", "true"), playground.raises("production"));
    assertEquals(List.of("5", "50", "true"), playground.raises("second"));
    assertEquals("100%", ended.json().path("exposure").path("second").asText());
    JsonNode verified = playground.history("StageVerified").get(1);
    assertEquals("[\"production\",\"second\"]", verified.path("environment").toString());
  }

  @Test
  void harmTakesEveryCellBack() {
    playground = Playground.open(directory, ShortPlans.withSecondCell("second"), "errors@mid");

    Ended ended = playground.run("start", FLAG);

    assertEquals(20, ended.code(), ended::toString);
    assertTrue(playground.gates("production").isOff());
    assertTrue(playground.gates("second").isOff());
    assertTrue(playground.gates("staging").everybody(), "only the cells of the stage go back");
  }

  @Test
  void whatWasThereBeforeComesBackOnceAndByName() {
    String plan = ShortPlans.backToBaseline(ShortPlans.fourStages());
    playground = Playground.open(directory, plan, "errors@low");
    playground.gitLab("production").set(FLAG, BEFORE);

    Ended ended = playground.run("start", FLAG, "-o", "json");

    assertEquals(20, ended.code(), ended::toString);
    assertEquals("rolled_back", ended.json().path("phase").asText());
    assertEquals("off", ended.json().path("exposure").path("production").asText());
    assertEquals(BEFORE.toString(), ended.json().path("gates").path("production").asText());
    assertEquals(BEFORE, playground.gates("production"));
    assertEquals(
        1,
        playground.writes("production").stream()
            .filter(form -> form.containsKey("project"))
            .filter(form -> form.get("user").equals("alice"))
            .count());
    assertEquals(20, playground.run("start", FLAG).code(), "and stays rolled back");
    assertEquals(BEFORE, playground.gates("production"));
  }

  @Test
  void anAbortAfterwardsTakesThemAwayAgain() {
    String plan = ShortPlans.backToBaseline(ShortPlans.fourStages());
    playground = Playground.open(directory, plan, "errors@low");
    playground.gitLab("production").set(FLAG, BEFORE);
    playground.run("start", FLAG);

    Ended ended = playground.run("abort", FLAG);

    assertEquals(0, ended.code(), ended::toString);
    assertTrue(playground.gates("production").isOff());
  }
}
