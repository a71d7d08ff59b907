package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.PostgresServer;
import rollout.testing.RealPostgres;
import rollout.testing.Running;
import rollout.testing.ShortPlans;

/** The whole product with its state in PostgreSQL. */
@Timeout(120)
class PostgresStateTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension static final RealPostgres POSTGRES = new RealPostgres();

  @TempDir Path directory;

  private final String state = POSTGRES.newDatabase();

  @Test
  void aRolloutIsDrivenToItsEndAndAuditedInCiToo() {
    try (Playground playground = Playground.open(directory, ShortPlans.fourStages(), "healthy")) {
      playground.set("ROLLOUT_STATE", state);
      playground.set("CI", "true");
      Ended start = playground.run("start", FLAG, "-o", "json");
      assertEquals(0, start.code(), start::toString);
      assertEquals("completed", start.json().path("phase").asText());
      assertEquals(List.of("staging", "low", "mid", "full"), playground.passed());
      Ended audit = playground.run("audit", "verify", "-o", "json");
      assertEquals(0, audit.code(), audit::toString);
      assertEquals(
          playground.status().path("audit").path("head").asText(),
          audit.json().path("rollouts").path(0).path("head").asText());
      assertEquals(0, playground.run("abort", FLAG).code());
      assertTrue(playground.gates("production").isOff());
    }
  }

  @Test
  void ofTwoRunnersOneEndsWith5AndTheOtherIsTakenBackByAnAbort() {
    try (Playground playground =
        Playground.open(directory, ShortPlans.longAtFivePercent(), "healthy")) {
      playground.set("ROLLOUT_STATE", state);
      try (Running driver = playground.product().begin("start", FLAG)) {
        driver.until(SOON, "the bake of stage low", () -> playground.has("StageVerified", 2));
        assertEquals(5, playground.run("start", FLAG).code());
        assertEquals(5, playground.run("tick", FLAG).code());
        // What the network takes away in the middle comes back by itself.
        killAllConnections();
        assertEquals(0, playground.run("hold", FLAG, "--reason", "lunch").code());
        assertEquals(0, playground.run("abort", FLAG).code());
        Ended ended = driver.end(SOON);
        assertEquals(21, ended.code(), ended::toString);
        assertEquals(List.of("5"), playground.raises("production"));
      }
    }
  }

  /** As a restored backup does under a runner that is at work. */
  @Test
  void aJournalThatLosesEventsUnderARunnerIsHeldAndStillTakenBack() {
    try (Playground playground =
        Playground.open(directory, ShortPlans.longAtFivePercent(), "healthy")) {
      playground.set("ROLLOUT_STATE", state);
      try (Running driver = playground.product().begin("start", FLAG)) {
        driver.until(SOON, "the bake of stage low", () -> playground.has("StageVerified", 2));
        POSTGRES.sql(
            state,
            // Between two writes of the runner, never in the middle of one.
            "BEGIN; LOCK TABLE events; DELETE FROM events WHERE seq >="
                + " (SELECT seq FROM events WHERE type = 'StageVerified' ORDER BY seq DESC LIMIT 1);"
                + " COMMIT");
        driver.until(SOON, "the hold", () -> playground.isIn("held"));
        String reason = playground.status().path("reason").asText();
        assertTrue(reason.contains("had been seen: an older copy was put in its place"), reason);
        assertEquals(3, playground.run("promote", FLAG, "--reason", "go").code());
        assertEquals(0, playground.run("abort", FLAG).code());
        assertEquals(21, driver.end(SOON).code());
        assertEquals(List.of("5"), playground.raises("production"));
        assertEquals(0, playground.run("audit", "verify").code());
      }
    }
  }

  @Test
  void thePasswordIsNeverShown() {
    try (Playground playground = Playground.open(directory, ShortPlans.oneStage(), "healthy")) {
      StringBuilder printed = new StringBuilder();
      String wrong = state.replace(PostgresServer.PASSWORD, "hush-hush");
      for (String url : List.of(state, wrong, wrong + "?nonsense", wrong.replace("//", "/"))) {
        for (String output : List.of("text", "json")) {
          String[] options = {"--state", url, "-v", "-o", output};
          printed.append(run(playground, options, "list"));
          printed.append(run(playground, options, "status", FLAG));
          printed.append(run(playground, options, "tick", FLAG));
          printed.append(run(playground, options, "audit", "verify"));
          printed.append(run(playground, options, "abort", FLAG, "--no-wait"));
        }
      }
      playground.set("PGPASSWORD", "hush-hush");
      String without = state.replace(":" + PostgresServer.PASSWORD, "");
      Ended refused = playground.run("list", "--state", without, "-v");
      assertEquals(2, refused.code(), refused::toString);
      printed.append(refused);
      playground.set("PGPASSWORD", PostgresServer.PASSWORD);
      assertEquals(0, playground.run("list", "--state", without).code());
      assertFalse(printed.toString().contains("hush-hush"), printed::toString);
      assertFalse(printed.toString().contains(PostgresServer.PASSWORD), printed::toString);
      assertTrue(printed.toString().contains("postgresql://postgres@127.0.0.1"));
    }
  }

  private static Ended run(Playground playground, String[] options, String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return playground.run(all);
  }

  private void killAllConnections() {
    POSTGRES.sql(
        state,
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }
}
