package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.LoneGitLab.FLAG;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.plan.GateState;
import rollout.testing.Ended;
import rollout.testing.FastClock;
import rollout.testing.LoneGitLab;

/** A misspelt name makes a new flag, is answered with 201, and leaves the right one on. */
@Timeout(60)
class AbortSpellingTest {
  private static final String SLIP = "gitaly_comit_stats";
  private static final String DOUBT = "GitLab seems not to have known ";
  private static final String UNCHECKED = "Could not check the spelling";

  @TempDir Path directory;
  private LoneGitLab gitLab;

  @BeforeEach
  void open() {
    gitLab = new LoneGitLab(directory, new FastClock(200));
  }

  @AfterEach
  void close() {
    gitLab.close();
  }

  private Ended abort(int code, String flag) {
    Ended ended = gitLab.product().run("abort", flag, "--no-wait");
    assertEquals(code, ended.code(), ended::toString);
    return ended;
  }

  @Test
  void aSlipIsSaidWithTheNameThatIsOn() {
    Ended ended = abort(30, SLIP);
    assertTrue(ended.err().contains(DOUBT + SLIP), ended::toString);
    assertTrue(ended.err().contains(FLAG + " is 50% of actors"), ended::toString);
    assertFalse(gitLab.gates().isOff(), "the right one is left alone");
  }

  @Test
  void aSlipIsSaidAlthoughTheListShowsTheNewFlagAlready() {
    gitLab.gitLab().set(SLIP, GateState.OFF);
    assertTrue(abort(30, SLIP).err().contains(FLAG + " is 50% of actors"));
  }

  @Test
  void aNewNameIsNoGoodNewsAlthoughNothingIsLikeIt() {
    gitLab.gitLab().readStale(java.time.Duration.ofMinutes(1));
    Ended ended = abort(30, "gitaly_something_else");
    assertTrue(ended.err().contains("Nothing with a similar name is on"), ended::toString);
  }

  @Test
  void aFlagThatWasOffIsNoSlip() {
    gitLab.gitLab().set(FLAG, GateState.OFF);
    assertFalse(abort(0, FLAG).err().contains(DOUBT));
  }

  @Test
  void aFlagThatGitLabsCodeDefinesIsNoSlip() {
    gitLab.gitLab().set("defined_flags", LoneGitLab.HALF);
    assertFalse(abort(0, "defined_flag").err().contains(DOUBT));
  }

  @Test
  void aListThatCannotBeReadIsSaidAndIsNoDoubt() {
    gitLab.faults().arm(1000, LoneGitLab::isList, LoneGitLab.busy());
    assertTrue(abort(0, SLIP).err().contains(UNCHECKED));
  }

  @Test
  void aListThatFailsOnceIsReadAgain() {
    gitLab.faults().arm(2, LoneGitLab::isList, LoneGitLab.busy());
    assertTrue(abort(30, SLIP).err().contains(DOUBT));
  }

  @Test
  void theDoubtIsSaidBeforeTheSealIsWaitedFor() {
    Ended ended = gitLab.product().run("abort", SLIP);
    assertEquals(30, ended.code(), ended::toString);
    assertTrue(
        ended.out().contains("is SEALED"), "it is sealed all the same, the name may be right");
  }
}
