package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** Bad input: a sentence, the exit code of the contract, and nothing changed anywhere. */
@Timeout(30)
class RefusalTest {
  @TempDir Path directory;
  private Playground playground;

  @BeforeEach
  void open() {
    playground = Playground.open(directory, ShortPlans.fourStages(), "healthy");
  }

  @AfterEach
  void close() {
    playground.close();
  }

  private Ended assertRefused(int code, String saying, String... arguments) {
    Ended ended = playground.run(arguments);
    assertEquals(code, ended.code(), ended::toString);
    assertTrue(ended.err().contains(saying), () -> "says \"" + saying + "\"? " + ended);
    assertFalse(ended.err().contains("\tat "), () -> "a stack trace: " + ended);
    assertEquals("", ended.out());
    assertEquals(0, playground.writes(), "writes");
    return ended;
  }

  private void plan(String yaml) throws IOException {
    Files.writeString(directory.resolve("rollout.yaml"), yaml);
  }

  @ParameterizedTest
  @CsvSource({
    "start FLAG --untill low, --until",
    "strat FLAG, strat",
    "start, FLAG",
    "start FLAG --max-wait soon, soon",
    "start FLAG --until nowhere, nowhere",
    "stage FLAG nowhere, nowhere",
    "start FLAG --override gates, --reason",
    "start FLAG --override moon --reason x, gates",
    "start FLAG --speed 5, --sandbox",
    "start FLAG --sandbox=errors@nowhere, errors@",
    "tick, --all",
    "start not/a/flag, not/a/flag",
    "abort, --all",
    "history, FLAG",
  })
  void aCommandThatMeansNothingEndsWith2(String line, String saying) {
    assertRefused(2, saying, line.replace("FLAG", FLAG).split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"start FLAG", "stage FLAG staging"})
  void aKeyThatIsNotKnownIsShownWithItsPlaceAndTheOneThatWasMeant(String line) throws IOException {
    plan(ShortPlans.fourStages().replace("max_ratio: 1%", "max_ration: 1%"));
    assertRefused(2, "rollout.yaml:12:5: ", line.replace("FLAG", FLAG).split(" "));
    assertRefused(2, "max_ratio", line.replace("FLAG", FLAG).split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"start FLAG", "stage FLAG staging"})
  void aKeyThatIsNotSupportedYetIsNeverPassedOver(String line) throws IOException {
    plan(ShortPlans.fourStages() + "outcome:\n  labels: [\"Acceptance Testing\"]\n");
    assertRefused(2, "rollout.yaml:25:1: ", line.replace("FLAG", FLAG).split(" "));
    Ended lint = playground.run("lint");
    assertEquals(0, lint.code(), lint::toString);
    assertTrue(lint.out().contains("not supported yet"), lint::toString);
    assertEquals(2, playground.run("lint", "--strict").code());
  }

  @Test
  void aVariableThatIsNotSetIsShownWithItsPlace() {
    playground.set("PRODUCTION_TOKEN", null);
    assertRefused(2, "rollout.yaml:4:50: ", "start", FLAG);
    assertRefused(2, "PRODUCTION_TOKEN", "start", FLAG);
  }

  @Test
  void aPlanThatIsNotThereEndsWith2() {
    assertRefused(2, "elsewhere.yaml", "start", FLAG, "--config", "elsewhere.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start FLAG", "stage FLAG staging", "tick FLAG", "tick --all"})
  void aJobOfACiSystemMustNameItsState(String line) {
    playground.set("CI", "true");
    playground.set("ROLLOUT_STATE", null);
    assertRefused(2, "--state", line.replace("FLAG", FLAG).split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:rollout.yaml/rollout.db", "sqlite:.", "mysql://nowhere"})
  void aStateThatCannotBeUsedEndsWith2(String state) {
    playground.set(
        "ROLLOUT_STATE", state.replace("sqlite:", "sqlite:" + directory.toAbsolutePath() + "/"));
    assertRefused(2, "state", "start", FLAG);
  }

  @Test
  void aFlagThatIsOnAlreadyEndsWith3() {
    GateState half = GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("50%"));
    playground.gitLab("production").set(FLAG, half);
    assertRefused(3, "is already 50%", "start", FLAG);
  }

  @Test
  void aFlagThatCarriesOurMarkerBelongsToAnotherState() {
    assertEquals(7, playground.run("start", FLAG, "--detach").code());
    playground.set("ROLLOUT_STATE", "sqlite:" + directory.resolve("another").resolve("state.db"));
    int before = playground.writes();
    playground.gitLab("production").set(FLAG, GateState.OFF.withActor("User:7"));
    Ended ended = playground.run("start", FLAG);
    assertEquals(3, ended.code(), ended::toString);
    assertTrue(ended.err().contains("another state"), ended::toString);
    assertEquals(before, playground.writes());
  }

  @Test
  void aTokenThatGitLabDoesNotKnowEndsWith3() {
    playground.set("STAGING_TOKEN", "glpat-mistyped");
    assertRefused(3, "401", "start", FLAG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resume", "hold", "approve", "promote", "status", "history"})
  void aFlagThatWasNeverRolledOutHereEndsWith3(String command) {
    assertRefused(3, "never", command, FLAG);
  }

  @Test
  void aGitLabThatDoesNotAnswerEndsWith6() {
    playground.gitLab("staging").close();
    assertRefused(6, "staging", "start", FLAG);
    assertEquals(List.of(), playground.history());
  }

  @Test
  void anAbortThatReachesNoGitLabEndsWith30AndSaysHowToDoItByHand() {
    playground.gitLab("staging").close();
    playground.gitLab("production").close();
    Ended ended = playground.run("abort", FLAG, "--timeout", "200ms");
    assertEquals(30, ended.code(), ended::toString);
    assertTrue(ended.err().contains("NOT VERIFIED"), ended::toString);
    assertTrue(ended.err().contains("feature set " + FLAG + " false"), ended::toString);
  }

  @Test
  void aBugEndsWith1AndShowsItsStackToThoseWhoAskForIt() {
    var broken =
        playground
            .product()
            .with(
                () -> {
                  throw new IllegalStateException("the clock stands still");
                });
    Ended ended = broken.run("start", FLAG);
    assertEquals(1, ended.code(), ended::toString);
    assertTrue(ended.err().contains("the clock stands still"), ended::toString);
    assertFalse(ended.err().contains("\tat "), ended::toString);
    assertTrue(broken.run("start", FLAG, "-v").err().contains("\tat rollout."));
  }
}
