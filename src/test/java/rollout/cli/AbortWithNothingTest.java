package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.LoneGitLab.FLAG;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.LoneGitLab;
import rollout.testing.Playground;
import rollout.testing.Product;
import rollout.testing.Running;
import rollout.testing.ShortPlans;

/** Whatever is missing, broken, busy or in the way: {@code abort} switches off. */
@Timeout(60)
class AbortWithNothingTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir Path directory;
  private LoneGitLab gitLab;
  private Product product;

  @BeforeEach
  void open() {
    gitLab = new LoneGitLab(directory, Clock.systemUTC());
    product = gitLab.product();
  }

  @AfterEach
  void close() {
    gitLab.close();
  }

  private void assertSwitchesOff(String warning, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "abort";
    line[1] = FLAG;
    line[2] = "--no-wait";
    System.arraycopy(more, 0, line, 3, more.length);
    Ended ended = product.run(line);
    assertEquals(0, ended.code(), ended::toString);
    assertTrue(ended.out().contains("is OFF"), ended::toString);
    assertTrue(ended.err().contains(warning), () -> "says \"" + warning + "\"? " + ended);
    assertTrue(gitLab.gates().isOff());
  }

  @Test
  void withNeitherPlanNorState() {
    assertSwitchesOff("");
  }

  @Test
  void withAHomeThatNothingCanBeWrittenTo() throws IOException {
    Path file = Files.writeString(directory.resolve("no-folder"), "");
    product = product.with("ROLLOUT_STATE", null).with("HOME", file.toString());
    assertSwitchesOff("going on without the state");
  }

  @Test
  void withAPlanThatIsNoYaml() throws IOException {
    Files.writeString(directory.resolve("rollout.yaml"), "environments: [\n\t{");
    assertSwitchesOff("", "--url", gitLab.gitLab().address().toString());
  }

  @Test
  void withAPlanThatCannotBeRead() throws IOException {
    Files.write(directory.resolve("rollout.yaml"), new byte[] {(byte) 0xC3, 0x28});
    assertSwitchesOff("warning: ");
  }

  @Test
  void withAStateThatIsNoDatabase() throws IOException {
    Files.createDirectories(product.state());
    Files.writeString(product.state().resolve("rollout.db"), "no database at all, but long enough");
    assertSwitchesOff("going on without the state");
  }

  @Test
  void withAStateThatIsOfAKindNobodyKnows() {
    product = product.with("ROLLOUT_STATE", "mysql://nowhere");
    assertSwitchesOff("going on without the state");
  }

  @Test
  void withAStateThatAnotherProcessHasLocked() throws Exception {
    Path state = Files.createDirectories(product.state()).resolve("rollout.db");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + state);
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("CREATE TABLE taken (a)");
      statement.execute("BEGIN EXCLUSIVE");
      assertSwitchesOff("going on without the state");
    }
  }

  @Test
  void aTokenFileIsEnough() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "glpat-sandbox-administrator\n");
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    product = product.with("ROLLOUT_TOKEN", null);
    assertSwitchesOff("", "--token-file", "token");
  }

  @Test
  void withoutPrometheusAndItsVariablesBehindAHeldLeaseAndAnOpenApproval(@TempDir Path elsewhere) {
    String plan = ShortPlans.withApproval(ShortPlans.longAtFivePercent());
    try (Playground playground = Playground.open(elsewhere, plan, "healthy");
        Running driver = playground.product().begin("start", FLAG)) {
      driver.until(SOON, "the question", () -> playground.isIn("awaiting_approval"));
      playground.set("PROMETHEUS_URL", null);
      playground.set("PRODUCTION_TOKEN", null);

      Ended abort = playground.run("abort", FLAG);

      assertEquals(0, abort.code(), abort::toString);
      assertTrue(playground.gates("staging").isOff());
      assertEquals(21, driver.end(SOON).code());
    }
  }

  @Test
  void anEnvironmentWithoutATokenDoesNotStopTheOthersAndIsNamed(@TempDir Path elsewhere) {
    try (Playground playground = Playground.open(elsewhere, ShortPlans.fourStages(), "healthy")) {
      playground.set("PRODUCTION_TOKEN", null);
      playground.gitLab("staging").set(FLAG, LoneGitLab.HALF);

      Ended abort = playground.run("abort", FLAG);

      assertEquals(30, abort.code(), abort::toString);
      assertTrue(playground.gates("staging").isOff());
      assertTrue(abort.err().contains("NOT VERIFIED off in production"), abort::toString);
    }
  }
}
