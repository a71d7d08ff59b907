package rollout.judge;

import java.util.List;
import java.util.Optional;
import rollout.judge.sequential.StepBackState;
import rollout.judge.sequential.StepBackTest;

/**
 * Judges one look of a stage that was stepped back: the flag is convicted or acquitted beside those
 * who do not see it. A look that counted nothing leaves the test as it was.
 */
public final class StepBackJudge {
  /** Evidence beyond this is none the clearer. */
  private static final double MOST_SHOWN = 1e6;

  private StepBackJudge() {}

  /**
   * What came of a look.
   *
   * @param verdict a FAIL convicts, a PASS acquits
   * @param weighed empty when the look counted for nothing
   */
  public record Ruling(Verdict verdict, Optional<Weighed> weighed) {}

  /**
   * A look that counted.
   *
   * @param evidence E for harm
   * @param limit where it convicts
   */
  public record Weighed(
      StepBackState next, StepBackTest.Outcome outcome, double evidence, double limit) {}

  /**
   * Judges one look.
   *
   * @param stand where the comparison stood before; its stage has a control
   * @param number how many step-backs the rollout has had, from 1
   */
  public static Ruling judge(
      CompareJudge.Stand stand, int number, StepBackState state, Measurement measurement) {
    CompareJudge.Sides sides = CompareJudge.Sides.of(stand, measurement);
    Optional<Verdict> flaw = Evidence.unasked(measurement).or(sides::flaw);
    if (flaw.isPresent()) {
      return new Ruling(flaw.get(), Optional.empty());
    }
    double alpha = stand.spending().alpha();
    double tolerance = stand.check().tolerance().concurrent();
    StepBackTest test = new StepBackTest(alpha, number, tolerance, dispersion(stand));
    StepBackTest.Ruling ruling = test.look(state, sides.treated().arm(), sides.control().arm());
    double evidence = shown(test.convicting(ruling.next()));
    Weighed weighed =
        new Weighed(ruling.next(), ruling.outcome(), evidence, Math.pow(2, number) / alpha);
    return new Ruling(verdict(weighed, alpha, measurement), Optional.of(weighed));
  }

  private static double dispersion(CompareJudge.Stand stand) {
    return stand.state().map(stand.test()::dispersionWithControl).orElse(stand.past().dispersion());
  }

  private static Verdict verdict(Weighed weighed, double alpha, Measurement measurement) {
    boolean convicted = weighed.outcome() == StepBackTest.Outcome.CONVICTED;
    return new Verdict(
        kind(weighed.outcome()),
        words(weighed, alpha),
        Optional.of(weighed.evidence()),
        Optional.of(weighed.limit()),
        convicted,
        List.of(measurement));
  }

  private static Verdict.Kind kind(StepBackTest.Outcome outcome) {
    return switch (outcome) {
      case OPEN -> Verdict.Kind.INCONCLUSIVE;
      case CONVICTED -> Verdict.Kind.FAIL;
      case ACQUITTED -> Verdict.Kind.PASS;
    };
  }

  private static String words(Weighed weighed, double alpha) {
    String harm =
        "E="
            + CompareWords.evidence(Math.log(weighed.evidence()))
            + "/"
            + Math.round(weighed.limit());
    double acquitting = shown(weighed.next().acquitting());
    String peace = "E=" + CompareWords.evidence(Math.log(acquitting)) + "/" + Math.round(1 / alpha);
    return switch (weighed.outcome()) {
      case OPEN ->
          "judging with a control, " + harm + ", for no × " + StepBackTest.HARM + " " + peace;
      case CONVICTED -> "convicted beside a control, " + harm;
      case ACQUITTED -> "acquitted beside a control, for no × " + StepBackTest.HARM + " " + peace;
    };
  }

  private static double shown(double logEvidence) {
    return Math.min(MOST_SHOWN, Math.exp(logEvidence));
  }
}
