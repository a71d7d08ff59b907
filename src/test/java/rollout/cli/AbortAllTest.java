package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** {@code abort --all}: everything that is not over, and over is only what is sealed. */
@Timeout(60)
class AbortAllTest {
  @TempDir Path directory;
  private Playground playground;

  @BeforeEach
  void open() {
    playground = Playground.open(directory, ShortPlans.longAtFivePercent(), "healthy");
  }

  @AfterEach
  void close() {
    playground.close();
  }

  private Ended assertCode(int code, String... line) {
    Ended ended = playground.run(line);
    assertEquals(code, ended.code(), ended::toString);
    return ended;
  }

  @Test
  void switchesOffWhatIsUnderWay() {
    assertCode(7, "start", FLAG, "--until", "low", "--max-wait", "1s");
    Ended ended = assertCode(0, "abort", "--all", "--reason", "incident");
    assertTrue(ended.out().contains("is SEALED in production"), ended::toString);
    assertTrue(playground.gates("staging").isOff());
    assertTrue(playground.gates("production").isOff());
    assertCode(21, "start", FLAG);
  }

  @Test
  void sealsWhatWasAbortedAfterItsEndAndNotSealed() {
    assertCode(0, "start", FLAG, "--until", "staging");
    assertCode(0, "abort", FLAG);
    assertCode(0, "abort", FLAG, "--no-wait");
    int before = playground.writes("staging").size();
    Ended ended = assertCode(0, "abort", "--all");
    assertTrue(ended.out().contains("is SEALED in staging"), ended::toString);
    assertEquals(before + 2, playground.writes("staging").size());
    assertCode(0, "abort", "--all");
    assertEquals(before + 2, playground.writes("staging").size(), "now it is over");
  }

  @Test
  void tickAllSealsWhatWasAbortedAfterItsEnd() {
    assertCode(0, "start", FLAG, "--until", "staging");
    assertCode(0, "abort", FLAG);
    assertCode(0, "abort", FLAG, "--no-wait");
    int before = playground.writes("staging").size();
    playground.run("tick", "--all");
    assertTrue(playground.history("AbortRequested").size() == 2);
    rollout.testing.Eventually.until(
        java.time.Duration.ofSeconds(30),
        "the seal",
        () -> {
          playground.run("tick", "--all");
          return playground.isIn("aborted");
        });
    assertTrue(playground.writes("staging").size() > before);
  }

  @Test
  void onlyThere() {
    assertCode(7, "start", FLAG, "--until", "low", "--max-wait", "1s");
    assertCode(0, "abort", "--all", "--environment", "production");
    assertTrue(playground.gates("production").isOff());
    assertTrue(playground.gates("staging").everybody());
  }

  @Test
  void nothingUnderWayIsNothingToDo() {
    Ended ended = assertCode(0, "abort", "--all");
    assertTrue(ended.err().contains("nothing was switched off"), ended::toString);
    assertEquals(0, playground.writes());
  }

  @Test
  void aStateThatCannotSayWhatIsUnderWayEndsWith30() throws IOException {
    Files.createDirectories(playground.product().state());
    Files.writeString(playground.product().state().resolve("rollout.db"), "no database, but long");
    Ended ended = assertCode(30, "abort", "--all");
    assertTrue(ended.err().contains("Name the flags instead"), ended::toString);
  }
}
