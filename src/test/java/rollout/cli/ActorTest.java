package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** Who did it: facts of the machine, the job's address, and the claim of the job apart. */
@Timeout(60)
class ActorTest {
  private static final String JOB = "https://gitlab.example.com/group/project/-/jobs/7";

  @TempDir Path directory;

  @Test
  void aJobIsNamedByItsAddressAndItsUserIsAClaim() {
    try (Playground playground = Playground.open(directory, ShortPlans.oneStage(), "healthy")) {
      playground.set("CI_JOB_URL", JOB);
      playground.set("GITLAB_USER_LOGIN", "jane");
      assertEquals(0, playground.run("start", FLAG, "--reason", "it is Monday").code());
      JsonNode actor = playground.history("Started").get(0).path("actor");
      assertEquals("tester", actor.path("name").asText());
      assertEquals(JOB, actor.path("via").asText());
      assertEquals("jane", actor.path("claim").asText());
      assertFalse(actor.path("host").asText().isEmpty(), actor::toString);
      assertEquals(actor, playground.status().path("started_by"));
      String who =
          "tester on " + actor.path("host").asText() + " (" + JOB + ", for jane as the job says)";
      Ended history = playground.run("history", FLAG);
      String told = history.out().replaceAll("\\s+", "");
      assertTrue(told.contains("by" + who.replace(" ", "")), history::toString);
      Ended status = playground.run("status", FLAG);
      String shown = status.out().replaceAll("\\s+", "");
      assertTrue(shown.contains("by" + who.replace(" ", "")), status::toString);
      assertTrue(status.out().contains("it is Monday"), status::toString);
      assertEquals(0, playground.run("abort", FLAG, "--reason", "Tuesday").code());
    }
  }

  @Test
  void aRunAtGitHubHasItsAddressToo() {
    try (Playground playground = Playground.open(directory, ShortPlans.oneStage(), "healthy")) {
      playground.set("GITHUB_RUN_ID", "42");
      playground.set("GITHUB_REPOSITORY", "group/project");
      playground.set("GITHUB_ACTOR", "jane");
      assertEquals(0, playground.run("start", FLAG).code());
      JsonNode actor = playground.history("Started").get(0).path("actor");
      assertEquals("https://github.com/group/project/actions/runs/42", actor.path("via").asText());
      assertEquals("jane", actor.path("claim").asText());
    }
  }

  @Test
  void atATerminalNobodyClaimsAnything() {
    try (Playground playground = Playground.open(directory, ShortPlans.oneStage(), "healthy")) {
      assertEquals(0, playground.run("start", FLAG).code());
      JsonNode actor = playground.history("Started").get(0).path("actor");
      assertEquals("terminal", actor.path("via").asText());
      assertTrue(actor.path("claim").isNull());
    }
  }
}
