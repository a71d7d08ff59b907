package rollout.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.judge.sequential.ControlKind;
import rollout.judge.sequential.JudgedStage;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.Spending;
import rollout.judge.sequential.TestState;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Exposure;
import rollout.plan.Role;
import rollout.plan.Tolerance;
import rollout.plan.Window;
import rollout.plan.WithoutControl;

/** What each kind of answer means to a comparison: evidence, or none. */
class CompareJudgeTest {
  private static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");
  private static final Arms.Pair PAIR = new Arms.Pair("e", "r");
  private static final Arms SERIES = new Arms.Series(PAIR, Optional.of(PAIR), Optional.of(PAIR));
  private static final Exposure HALF = Exposure.parse("50%");

  private final Map<Role, Reading> readings = new EnumMap<>(Role.class);

  CompareJudgeTest() {
    counts(Role.TREATED_ERRORS, 10, Role.TREATED_REQUESTS, 1000);
    counts(Role.CONTROL_ERRORS, 10, Role.CONTROL_REQUESTS, 1000);
  }

  @Test
  void twoArmsThatFailAlikePass() {
    CompareJudge.Ruling ruling = judge(SERIES, HALF, Past.UNKNOWN);
    assertEquals(Verdict.Kind.PASS, ruling.verdict().kind());
    assertEquals(ControlKind.CONCURRENT, ruling.control());
    assertEquals(2000, ruling.requests());
    assertEquals(Optional.of(100.0), ruling.verdict().limit());
    assertTrue(
        ruling
            .verdict()
            .reason()
            .matches("E=0\\.\\d+/100 ratio≈1 \\(φ 1\\) budget .*% detectable ×.* now"),
        ruling.verdict()::reason);
  }

  @Test
  void noErrorsBesideRequestsWereMeasured() {
    readings.put(Role.TREATED_ERRORS, new Reading.NoData("no series"));
    readings.put(Role.CONTROL_ERRORS, new Reading.NoData("no series"));
    assertEquals(Verdict.Kind.PASS, judge(SERIES, HALF, Past.UNKNOWN).verdict().kind());
  }

  @Test
  void anArmThatNobodyCalledIsNoEvidence() {
    readings.put(Role.CONTROL_REQUESTS, new Reading.Value(0));
    says(Verdict.Kind.NO_DATA, "no requests with the flag off");
    readings.put(Role.CONTROL_REQUESTS, new Reading.NoData("no series"));
    says(Verdict.Kind.NO_DATA, "control_requests: no series");
  }

  @Test
  void anOutageAPartAndARestartAreTheSourcesOwn() {
    readings.put(Role.CONTROL_ERRORS, new Reading.Unavailable("it timed out"));
    says(Verdict.Kind.ERROR, "it timed out");
    readings.put(Role.CONTROL_ERRORS, new Reading.Partial("a shard is missing"));
    says(Verdict.Kind.INCONCLUSIVE, "control_errors: a shard is missing");
    readings.put(Role.CONTROL_ERRORS, new Reading.Value(-3));
    says(
        Verdict.Kind.INCONCLUSIVE,
        "control errors went down: a counter restarted, and this look counts nothing");
  }

  @Test
  void whereNobodyIsLeftAReferenceAndThenTheWeekBeforeStandIn() {
    counts(Role.REFERENCE_ERRORS, 10, Role.REFERENCE_REQUESTS, 1000);
    Past known = new Past(1, 1, 1, 0, 1, 0, Trials.OF_WHAT_IS_NEW.week());
    assertEquals(ControlKind.REFERENCE, judge(SERIES, Exposure.FULL, known).control());
    readings.put(Role.REFERENCE_REQUESTS, new Reading.NoData("no series"));
    assertEquals(ControlKind.HISTORY, judge(SERIES, Exposure.FULL, known).control());
    CompareJudge.Ruling nothing = judge(SERIES, Exposure.FULL, Past.UNKNOWN);
    assertEquals(Verdict.Kind.NO_DATA, nothing.verdict().kind());
    assertEquals(Optional.empty(), nothing.next());
  }

  @Test
  void harmThatGoesOnIsABreach() {
    counts(Role.TREATED_ERRORS, 60, Role.TREATED_REQUESTS, 1000);
    Optional<TestState> state = Optional.empty();
    CompareJudge.Ruling ruling = null;
    for (int look = 0; look < 5; look++) {
      ruling = judge(SERIES, HALF, Past.UNKNOWN, state);
      state = ruling.next();
    }
    assertEquals(Verdict.Kind.FAIL, ruling.verdict().kind());
    assertTrue(ruling.verdict().breached());
    assertTrue(ruling.verdict().value().orElseThrow() >= 100);
  }

  @Test
  void newIssuesAreWeighedByTheTimeThatEachArmHadTheFlag() {
    Arms issues = new Arms.NewIssues("gitaly", "is:unresolved");
    readings.clear();
    readings.put(Role.SPLIT, new Reading.Split(new Reading.Counts(0, 0), new Reading.Counts(0, 0)));
    CompareJudge.Ruling quiet = judge(issues, HALF, Trials.OF_WHAT_IS_NEW);
    assertEquals(Verdict.Kind.PASS, quiet.verdict().kind());
    readings.put(
        Role.SPLIT, new Reading.Split(new Reading.Counts(40, 40), new Reading.Counts(0, 0)));
    Optional<TestState> state = Optional.empty();
    for (int look = 0; look < 3; look++) {
      state = judge(issues, HALF, Trials.OF_WHAT_IS_NEW, state).next();
    }
    assertTrue(judge(issues, HALF, Trials.OF_WHAT_IS_NEW, state).verdict().breached());
  }

  private void says(Verdict.Kind kind, String reason) {
    CompareJudge.Ruling ruling = judge(SERIES, HALF, Past.UNKNOWN);
    assertEquals(kind, ruling.verdict().kind());
    assertEquals(reason, ruling.verdict().reason());
    assertEquals(Optional.empty(), ruling.next(), "a look that counted nothing moves nothing");
  }

  private CompareJudge.Ruling judge(Arms arms, Exposure exposure, Past past) {
    return judge(arms, exposure, past, Optional.empty());
  }

  private CompareJudge.Ruling judge(
      Arms arms, Exposure exposure, Past past, Optional<TestState> state) {
    Check.Compare check = new Check.Compare(arms, Tolerance.DEFAULT, WithoutControl.HOLD);
    Spending spending =
        new Spending(0.01, List.of(new JudgedStage(10, check.isControlledAt(exposure), true)));
    return CompareJudge.judge(
        new CompareJudge.Stand(
            check, exposure, exposure.share().fraction(), 0, spending, past, state),
        new Measurement("versus", new Window(AT.minusSeconds(60), AT), true, readings));
  }

  private void counts(Role errors, double failed, Role requests, double all) {
    readings.put(errors, new Reading.Value(failed));
    readings.put(requests, new Reading.Value(all));
  }
}
