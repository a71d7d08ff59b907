package rollout.core;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import rollout.judge.Measurement;
import rollout.judge.Verdict;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.StepBackTest;
import rollout.plan.Check;
import rollout.plan.Plan;

/** A step-back's guardrail, judged look by look against those who do not see the flag. */
final class Trial {
  /** Evidence beyond this is none the clearer. */
  private static final double MOST_SHOWN = 1e6;

  private final RolloutState state;
  private final StepBack back;

  private Trial(RolloutState state, StepBack back) {
    this.state = state;
    this.back = back;
  }

  /** The trial that is open; empty but at the exposure that was stepped back to. */
  static Optional<Trial> of(RolloutState state) {
    return state.stepBack().filter(back -> !back.isGoingDown()).map(one -> new Trial(state, one));
  }

  /** Whether this guardrail is judged here. */
  boolean isOf(String guardrail) {
    return back.guardrail().equals(guardrail);
  }

  /** What one look adds; empty when it counted nothing that can be compared. */
  Optional<Event.Weighed> weigh(String stage, Input.Answered look, Instant now) {
    List<Measurement> own =
        look.measurements().stream().filter(one -> isOf(one.guardrail())).toList();
    Arm treated = ComparedCounts.treated(own);
    Arm control = ComparedCounts.control(own);
    if (own.isEmpty() || !treated.isSound() || !control.isSound()) {
      return Optional.empty();
    }
    StepBackTest test = test();
    StepBackTest.Ruling ruling = test.look(back.test(), treated, control);
    return Optional.of(
        new Event.Weighed(
            now,
            stage,
            look.number(),
            back.guardrail(),
            ruling.outcome(),
            Math.min(MOST_SHOWN, Math.exp(test.convicting(ruling.next()))),
            limit(),
            ruling.next()));
  }

  private StepBackTest test() {
    Check.Compare compare = (Check.Compare) state.plan().guardrail(back.guardrail()).check();
    double tolerance = compare.tolerance().concurrent();
    return new StepBackTest(alpha(), back.number(), tolerance, 1);
  }

  private double alpha() {
    Plan plan = state.plan();
    long sharing =
        plan.guardrails().stream().filter(one -> one.check() instanceof Check.Compare).count();
    return plan.judgement().falseRollback() / sharing;
  }

  private double limit() {
    return Math.pow(2, back.number()) / alpha();
  }

  /** The verdict on the look that was weighed last, or on one that could not be. */
  Finding finding(Optional<Event.Weighed> weighed) {
    return weighed
        .map(
            one ->
                new Finding(
                    back.guardrail(),
                    kind(one.outcome()),
                    words(one),
                    Optional.of(one.evidence()),
                    Optional.of(one.limit()),
                    one.outcome() == StepBackTest.Outcome.CONVICTED))
        .orElseGet(
            () ->
                new Finding(
                    back.guardrail(),
                    Verdict.Kind.NO_DATA,
                    "nothing to compare with in this look",
                    Optional.empty(),
                    Optional.empty(),
                    false));
  }

  private static Verdict.Kind kind(StepBackTest.Outcome outcome) {
    return switch (outcome) {
      case OPEN -> Verdict.Kind.INCONCLUSIVE;
      case CONVICTED -> Verdict.Kind.FAIL;
      case ACQUITTED -> Verdict.Kind.PASS;
    };
  }

  private String words(Event.Weighed weighed) {
    String against = figure(weighed.test().acquitting());
    return switch (weighed.outcome()) {
      case OPEN -> "judging with a control: " + evidence(weighed);
      case CONVICTED -> "convicted beside a control: " + evidence(weighed);
      case ACQUITTED ->
          "acquitted beside a control: no × "
              + StepBackTest.HARM
              + ", E="
              + against
              + "/"
              + Math.round(1 / alpha());
    };
  }

  private static String evidence(Event.Weighed weighed) {
    return "E=" + figure(Math.log(weighed.evidence())) + "/" + Math.round(weighed.limit());
  }

  /** Rounded down, so that it never looks like the limit it has not reached. */
  private static String figure(double logEvidence) {
    double value = Math.min(MOST_SHOWN, Math.exp(logEvidence));
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", Math.floor(value * 10) / 10);
  }

  /** The end of the trial, if this look was it. */
  Optional<Event> acquittal(Event.Weighed weighed) {
    return weighed.outcome() == StepBackTest.Outcome.ACQUITTED
        ? Optional.of(
            new Event.Acquitted(
                weighed.at(),
                state.stage().orElseThrow().name(),
                back.guardrail(),
                back.number(),
                words(weighed)))
        : Optional.empty();
  }
}
