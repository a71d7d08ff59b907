package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.LoneGitLab.FLAG;
import static rollout.testing.LoneGitLab.HALF;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.sandbox.Fault;
import rollout.sandbox.Reply;
import rollout.testing.Ended;
import rollout.testing.FastClock;
import rollout.testing.LoneGitLab;

/** {@code abort} with a url and a token, in a time in which five minutes take three seconds. */
@Timeout(60)
class AbortTest {
  @TempDir Path directory;
  private LoneGitLab gitLab;

  @BeforeEach
  void open() {
    gitLab = new LoneGitLab(directory, new FastClock(100));
  }

  @AfterEach
  void close() {
    gitLab.close();
  }

  private Ended abort(String... more) {
    String[] line = new String[more.length + 2];
    line[0] = "abort";
    line[1] = FLAG;
    System.arraycopy(more, 0, line, 2, more.length);
    return gitLab.product().run(line);
  }

  private static void assertEnds(int code, Ended ended, String... saying) {
    assertEquals(code, ended.code(), ended::toString);
    for (String part : saying) {
      assertTrue(ended.toString().contains(part), () -> "says \"" + part + "\"? " + ended);
    }
    assertFalse(ended.err().contains("\tat "), () -> "a stack trace: " + ended);
  }

  /** A machine that is busy may need a second for one request: then another helps. */
  private void assertOffs(int least) {
    assertTrue(gitLab.offs() >= least, () -> "false was sent " + gitLab.offs() + " times");
  }

  @Test
  void saysOffTwiceAndSeals() {
    Ended ended = abort("-o", "json");
    assertEnds(0, ended, "is OFF in gitlab: off at GitLab after ", "within 60 s", "is SEALED");
    assertOffs(2);
    assertTrue(gitLab.gates().isOff());
    assertTrue(ended.json().path("rollout").isNull());
    assertEquals("aborted", ended.json().path("phase").asText());
    assertTrue(ended.json().path("sealed").asBoolean());
    assertEquals("off", ended.json().path("exposure").path("gitlab").asText());
  }

  @Test
  void endsAtOffWithNoWait() {
    Ended ended = abort("--no-wait", "-o", "json");
    assertEnds(0, ended, "not sealed until ", "rollout abort " + FLAG);
    assertFalse(ended.err().contains("SEALED"), ended::toString);
    assertEquals("sealing", ended.json().path("phase").asText());
  }

  @Test
  void theFirstFalseGoesOutBeforeAnythingElseIsAsked() {
    assertEnds(0, abort("--no-wait"));
    assertTrue(LoneGitLab.isOff(gitLab.gitLab().requests().get(0)));
  }

  @Test
  void anotherConnectionHelpsTheOneThatHangs() {
    gitLab.faults().arm(1, LoneGitLab::isOff, Fault.late(Duration.ofMinutes(5)));
    assertEnds(0, abort("--no-wait"), "is OFF");
    assertOffs(2);
    assertTrue(gitLab.gates().isOff());
  }

  @Test
  void anAnswerThatShowsTheFlagOnIsNoOff() {
    ObjectNode on = JsonNodeFactory.instance.objectNode().put("name", FLAG).put("state", "on");
    on.putArray("gates").addObject().put("key", "boolean").put("value", true);
    gitLab.faults().arm(1, LoneGitLab::isOff, Fault.refused(Reply.json(201, on)));
    assertEnds(0, abort("--no-wait"), "still on for everybody", "is OFF");
    assertOffs(2);
  }

  @Test
  void aTokenThatIsRevokedBetweenTheTwoEndsWith30AndSaysWhatIsKnown() {
    gitLab.passOff(1);
    gitLab.faults().arm(1000, LoneGitLab::isOff, LoneGitLab.revoked());
    Ended ended = abort("--timeout", "0");
    assertEnds(30, ended, "it was OFF at ", "the second false was not answered", "401");
    assertOffs(4);
  }

  @Test
  void threeRefusalsBeforeOffAreEnough() {
    gitLab.faults().arm(1000, LoneGitLab::isOff, LoneGitLab.revoked());
    assertEnds(30, abort("--timeout", "0"), "NOT VERIFIED off in gitlab", "Feature.disable");
    assertOffs(3);
  }

  @Test
  void theSealHasItsOwnTime() {
    assertEnds(0, abort("--timeout", "5m"), "is SEALED");
  }

  @Test
  void aSealThatGitLabDoesNotAnswerIsGivenUp() {
    gitLab.passOff(1);
    gitLab.faults().arm(1000, LoneGitLab::isOff, LoneGitLab.busy());
    assertEnds(30, abort("--timeout", "5m"), "it was OFF at ", "503");
  }

  @Test
  void aTimeoutOfNothingIsForEver() {
    gitLab.faults().arm(12, LoneGitLab::isOff, LoneGitLab.busy());
    assertEnds(0, abort("--timeout", "0", "--no-wait"), "is OFF");
    assertOffs(13);
  }

  @Test
  void aFlagThatComesOnAgainIsSaidAndSwitchedOffAnew() {
    AtomicBoolean once = new AtomicBoolean();
    gitLab.watch(
        request -> {
          if (LoneGitLab.isList(request) && gitLab.offs() >= 2 && !once.getAndSet(true)) {
            gitLab.gitLab().set(FLAG, HALF);
          }
          return false;
        });
    assertEnds(0, abort("--timeout", "5m"), "is ON again in gitlab", "is SEALED");
    assertOffs(4);
    assertTrue(gitLab.gates().isOff());
  }

  @Test
  void saysHowToDoItByHandAfterTenSecondsAndKeepsTrying() {
    gitLab.faults().arm(7, LoneGitLab::isOff, LoneGitLab.busy());
    Ended ended = abort("--no-wait");
    assertEnds(
        0,
        ended,
        "feature set " + FLAG + " false",
        "Feature.disable(:" + FLAG + ")",
        "Still trying");
    assertTrue(ended.out().contains("is OFF"), ended::toString);
  }

  @Test
  void aShortSealIsWarnedOf() {
    assertEnds(0, abort("--seal", "1s"), "a seal under 300s", "is SEALED");
  }
}
