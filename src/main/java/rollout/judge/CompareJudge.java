package rollout.judge;

import java.util.List;
import java.util.Optional;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.ControlKind;
import rollout.judge.sequential.Counts;
import rollout.judge.sequential.Detectable;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.SequentialTest;
import rollout.judge.sequential.Spending;
import rollout.judge.sequential.Step;
import rollout.judge.sequential.TestState;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Exposure;
import rollout.plan.Role;

/**
 * Judges one look of a comparison: reads what was counted, lets the test bet on it, and says what
 * that means. A look that counted nothing leaves the test as it was.
 */
public final class CompareJudge {
  private static final String TREATED = "with the flag on";
  private static final String CONTROL = "with the flag off";

  /** E beyond this is shown as this. */
  private static final double MOST_LOG_SHOWN = 600;

  /** So many errors of a control tell its usual rate better than the week before. */
  private static final double ENOUGH_ERRORS = 30;

  private CompareJudge() {}

  /**
   * Where one guardrail's test stands in one environment.
   *
   * @param exposure of the stage that is watched
   * @param stage which of those the spending was made for
   * @param share of the requests that have the flag on, for sources that cannot count them; 0 to 1
   * @param state empty before the first look
   */
  public record Stand(
      Check.Compare check,
      Exposure exposure,
      double share,
      int stage,
      Spending spending,
      Past past,
      Optional<TestState> state) {
    /** The test that is taken a look further. */
    public SequentialTest test() {
      return Trials.test(check, spending, past);
    }
  }

  /**
   * What came of a look.
   *
   * @param next what the test remembers from here on; empty when the look counted for nothing
   * @param control what was compared with
   * @param requests of both arms since the stage began
   * @param detectable the smallest ratio of error rates that would have been seen by now; {@link
   *     Detectable#NEVER} when there is none
   */
  public record Ruling(
      Verdict verdict,
      Optional<TestState> next,
      ControlKind control,
      double requests,
      double detectable) {
    /** A look that counted for nothing. */
    public static Ruling nothing(Verdict verdict) {
      return new Ruling(verdict, Optional.empty(), ControlKind.NONE, 0, Detectable.NEVER);
    }
  }

  /** Judges one look. */
  public static Ruling judge(Stand stand, Measurement measurement) {
    return Evidence.unasked(measurement)
        .map(Ruling::nothing)
        .orElseGet(() -> judge(stand, Sides.of(stand, measurement), measurement));
  }

  private static Ruling judge(Stand stand, Sides sides, Measurement measurement) {
    Optional<Verdict> flaw = sides.flaw();
    if (flaw.isPresent()) {
      return Ruling.nothing(flaw.get());
    }
    SequentialTest test = stand.test();
    Step step = test.look(stand.state().orElseGet(test::begin), counts(stand, sides, measurement));
    if (step.control() == ControlKind.NONE) {
      return Ruling.nothing(
          Evidence.noData(
              "nobody is left to compare with, no reference was counted, and the week before is"
                  + " not known",
              measurement));
    }
    return ruling(stand, test, step, measurement);
  }

  private static Counts counts(Stand stand, Sides sides, Measurement measurement) {
    return new Counts(
        stand.stage(),
        measurement.window().to().toEpochMilli() / 1000.0,
        measurement.window().length().toMillis() / 1000.0,
        sides.treated().arm(),
        sides.control().arm(),
        sides.reference().arm());
  }

  private static Ruling ruling(
      Stand stand, SequentialTest test, Step step, Measurement measurement) {
    Arm treated = test.treatedInStage(step.next());
    Arm control = test.controlInStage(step.next());
    double detectable =
        new Detectable(
                stand.spending().alpha(),
                tolerance(stand.check(), step.control()),
                usualRate(stand.past(), control),
                step.dispersion())
            .ratio(treated.requests(), control.requests());
    String words =
        CompareWords.line(
                step, stand.spending().alpha(), stand.spending().left(step.next()), detectable)
            + beside(step.control());
    Verdict verdict =
        new Verdict(
            step.breached() ? Verdict.Kind.FAIL : Verdict.Kind.PASS,
            words,
            Optional.of(Math.exp(Math.min(step.logEvidence(), MOST_LOG_SHOWN))),
            Optional.of(1 / stand.spending().alpha()),
            step.breached(),
            List.of(measurement));
    return new Ruling(
        verdict,
        Optional.of(step.next()),
        step.control(),
        treated.requests() + control.requests(),
        detectable);
  }

  private static double tolerance(Check.Compare check, ControlKind control) {
    return switch (control) {
      case CONCURRENT -> check.tolerance().concurrent();
      case REFERENCE -> check.tolerance().reference();
      case HISTORY, NONE -> check.tolerance().history();
    };
  }

  /** Errors per request when nothing is wrong. */
  private static double usualRate(Past past, Arm control) {
    Arm week = past.week().stream().filter(Arm::isSound).reduce(Arm.NOTHING, Arm::plus);
    boolean known = week.errors() > 0 && week.requests() > 0;
    return known && control.errors() < ENOUGH_ERRORS
        ? week.errors() / week.requests()
        : (control.errors() + 0.5) / Math.max(control.requests(), 1);
  }

  private static String beside(ControlKind control) {
    return switch (control) {
      case CONCURRENT, NONE -> "";
      case REFERENCE -> ", beside the reference";
      case HISTORY -> ", beside the week before";
    };
  }

  /** What was counted on each side. */
  private record Sides(
      boolean controlled,
      ArmCounts.Counted treated,
      ArmCounts.Counted control,
      ArmCounts.Counted reference) {
    static Sides of(Stand stand, Measurement measurement) {
      boolean controlled = stand.check().isControlledAt(stand.exposure());
      Arms arms = stand.check().arms();
      return arms instanceof Arms.Series series
          ? of(series, controlled, measurement)
          : split(stand, controlled, measurement);
    }

    private static Sides of(Arms.Series series, boolean controlled, Measurement measurement) {
      return new Sides(
          controlled,
          ArmCounts.of(Role.TREATED_ERRORS, Role.TREATED_REQUESTS, TREATED, measurement),
          controlled
              ? ArmCounts.of(Role.CONTROL_ERRORS, Role.CONTROL_REQUESTS, CONTROL, measurement)
              : ArmCounts.Counted.NONE,
          !controlled && series.reference().isPresent()
              ? ArmCounts.of(
                  Role.REFERENCE_ERRORS, Role.REFERENCE_REQUESTS, "of the reference", measurement)
              : ArmCounts.Counted.NONE);
    }

    private static Sides split(Stand stand, boolean controlled, Measurement measurement) {
      Reading reading = measurement.readings().get(Role.SPLIT);
      if (!(reading instanceof Reading.Split split)) {
        Verdict flaw =
            reading instanceof Reading.NoData none
                ? Evidence.noData(none.reason(), measurement)
                : Evidence.unusable(Role.SPLIT, reading, measurement);
        ArmCounts.Counted failed = new ArmCounts.Counted(Arm.MISSING, Optional.of(flaw));
        return new Sides(controlled, failed, ArmCounts.Counted.NONE, ArmCounts.Counted.NONE);
      }
      Reading.Split counted =
          stand.check().arms() instanceof Arms.NewIssues
              ? Trials.byTime(split, stand.share(), measurement.window())
              : split;
      return new Sides(
          controlled,
          ArmCounts.of(counted.treated(), TREATED, measurement),
          controlled
              ? ArmCounts.of(counted.control(), CONTROL, measurement)
              : ArmCounts.Counted.NONE,
          ArmCounts.Counted.NONE);
    }

    /** A reference that has nothing, or restarted, sends the look to the week before. */
    Optional<Verdict> flaw() {
      Optional<Verdict> flaw = Evidence.worst(treated.flaw(), control.flaw());
      boolean silent = reference.flaw().filter(one -> one.kind() == Verdict.Kind.ERROR).isPresent();
      return silent ? Evidence.worst(flaw, reference.flaw()) : flaw;
    }
  }
}
