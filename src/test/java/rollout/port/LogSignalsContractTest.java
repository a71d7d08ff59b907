package rollout.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** What everything that counts entries of a log through {@link Signals} must do. */
public abstract class LogSignalsContractTest {
  /** The window that is asked for. */
  protected static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:05:00Z"));

  /** Overlaps its latter half. */
  protected static final Window LATER =
      new Window(Instant.parse("2026-11-22T10:02:30Z"), Instant.parse("2026-11-22T10:07:30Z"));

  /** Finds what failed. */
  protected static final String ERRORS = "method:CommitStats AND code:(Internal OR Unavailable)";

  /** Finds everything. */
  protected static final String REQUESTS = "method:CommitStats";

  private static final SignalQuery.LogSplit SPLIT =
      new SignalQuery.LogSplit("logs", "gitaly-*", "flags", "commit_stats", ERRORS, REQUESTS);

  /** What is held to the contract. */
  protected abstract Signals signals() throws Exception;

  /** Arranges so many entries at this moment, and no others at any. */
  protected abstract void has(Instant at, Reading.Split entries) throws Exception;

  /** Arranges that the log has entries at this moment, which no search finds. */
  protected abstract void hasOthers(Instant at) throws Exception;

  /** Arranges that no index has the name that is asked for. */
  protected abstract void hasNoIndex() throws Exception;

  @Test
  void bothArmsAreCountedInOneAnswer() throws Exception {
    has(WINDOW.from(), split(9, 120, 20, 340));

    assertEquals(split(9, 120, 20, 340), signals().read(SPLIT, WINDOW));
  }

  @Test
  void anArmThatNobodyIsInIsEmpty() throws Exception {
    has(WINDOW.from(), split(0, 0, 2, 34));

    assertEquals(split(0, 0, 2, 34), signals().read(SPLIT, WINDOW));
  }

  @Test
  void aWindowHasItsBeginningAndNotItsEnd() throws Exception {
    has(WINDOW.to(), split(1, 10, 2, 30));

    assertEquals(split(0, 0, 0, 0), signals().read(SPLIT, WINDOW));
    assertEquals(split(1, 10, 2, 30), signals().read(SPLIT, LATER));
  }

  @Test
  void matchesAreCounted() throws Exception {
    has(WINDOW.from(), split(1, 10, 2, 30));

    assertEquals(new Reading.Value(40), signals().read(count(REQUESTS, false), WINDOW));
    assertEquals(new Reading.Value(3), signals().read(count(ERRORS, false), WINDOW));
  }

  @Test
  void manyWindowsAreAnsweredLikeEachOfThem() throws Exception {
    has(LATER.from().plusSeconds(1), split(1, 10, 2, 30));
    List<Window> windows =
        List.of(WINDOW.earlier(Duration.ofDays(7)), WINDOW, LATER, WINDOW.earlier(Duration.ZERO));
    List<Reading> expected =
        List.of(split(0, 0, 0, 0), split(1, 10, 2, 30), split(1, 10, 2, 30), split(1, 10, 2, 30));

    assertEquals(expected, signals().readAll(SPLIT, windows));
    assertEquals(
        List.of(0.0, 3.0, 3.0, 3.0),
        signals().readAll(count(ERRORS, false), windows).stream()
            .map(one -> ((Reading.Value) one).value())
            .toList());
  }

  @Test
  void zeroThatStandsAloneNeedsALogThatIsWritten() throws Exception {
    hasOthers(WINDOW.from());

    assertEquals(new Reading.Value(0), signals().read(count(ERRORS, true), WINDOW));
    assertInstanceOf(
        Reading.NoData.class,
        signals().read(count(ERRORS, true), WINDOW.earlier(Duration.ofHours(1))));
    assertEquals(
        new Reading.Value(0),
        signals().read(count(ERRORS, false), WINDOW.earlier(Duration.ofHours(1))));
  }

  @Test
  void aNameThatNoIndexHasIsAMistake() throws Exception {
    hasNoIndex();

    assertInstanceOf(Reading.Unavailable.class, signals().read(SPLIT, WINDOW));
    assertInstanceOf(Reading.Unavailable.class, signals().read(count(ERRORS, false), WINDOW));
  }

  /** Failed and all requests with the flag on, and with the flag off. */
  protected static Reading.Split split(int failed, int on, int failedWithout, int off) {
    return new Reading.Split(
        new Reading.Counts(failed, on), new Reading.Counts(failedWithout, off));
  }

  private static SignalQuery count(String search, boolean alone) {
    return new SignalQuery.LogCount("logs", "gitaly-*", search, alone);
  }
}
