package rollout.judge;

import java.util.Collections;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Baseline;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.SequentialTest;
import rollout.judge.sequential.Spending;
import rollout.judge.sequential.Tolerance;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Window;

/** How the test is set up for what a guardrail compares. */
public final class Trials {
  /** What stands for requests where nobody counts them: so many in a second, with and without. */
  private static final double A_SECOND = 1000;

  private static final int STEPS_OF_A_WEEK = 336;

  /** The past of what never happened before: new issues are new. Nothing has to be read for it. */
  public static final Past OF_WHAT_IS_NEW =
      new Past(
          1,
          0,
          1,
          0,
          1,
          0,
          Collections.nCopies(STEPS_OF_A_WEEK, new Arm(0, A_SECOND * Past.STEP_SECONDS)));

  private Trials() {}

  /** The test of a guardrail. */
  public static SequentialTest test(Check.Compare check, Spending spending, Past past) {
    return new SequentialTest(
        new Tolerance(
            check.tolerance().concurrent(),
            check.tolerance().reference(),
            check.tolerance().history()),
        spending,
        past,
        isNew(check) ? Baseline.EARLIER_STAGES : Baseline.SAME_HOUR);
  }

  /** Whether it counts what did not exist before the rollout. */
  public static boolean isNew(Check.Compare check) {
    return check.arms() instanceof Arms.NewIssues;
  }

  /** Users whom new issues hit, beside the time that each arm had the flag on or off. */
  static Reading.Split byTime(Reading.Split split, double share, Window window) {
    double all = A_SECOND * window.length().toMillis() / 1000.0;
    return new Reading.Split(
        new Reading.Counts(split.treated().errors(), all * share),
        new Reading.Counts(split.control().errors(), all * (1 - share)));
  }
}
