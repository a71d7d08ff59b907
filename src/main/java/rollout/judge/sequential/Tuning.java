package rollout.judge.sequential;

import java.util.List;

/**
 * Every number of the test that was chosen and not derived; docs/decisions/0023 says how, and what
 * each is worth. None has a unit.
 *
 * @param effects the harm bet on: how many times the tolerated ratio
 * @param favour by which power of its size an effect gets less of the budget; 0 = all get the same
 * @param cap how much one look may say
 * @param noise what is never evidence
 * @param learning how dispersion is learned
 */
public record Tuning(List<Double> effects, double favour, Cap cap, Noise noise, Learning learning) {
  /**
   * How much one look may say: at least two have to agree.
   *
   * @param ofWay which part of the whole way to a breach it may go at most
   * @param ofWayInMinutes the same where looks are a minute apart or less
   * @param least what it may always add to the logarithm of the evidence
   * @param byBurstsBefore whether bursts are known from before the stage alone; otherwise what the
   *     stage itself shows makes the cap fall, harm included
   * @param outstanding how many times the worst step of the week a look must stand out against the
   *     reference to decide alone; infinite = none ever does
   * @param calm above which dispersion with a control no look without one decides alone
   */
  public record Cap(
      double ofWay,
      double ofWayInMinutes,
      double least,
      boolean byBurstsBefore,
      double outstanding,
      double calm) {}

  /**
   * Relative noise of the treated share from look to look that is never evidence.
   *
   * @param withControl where there is a concurrent control
   * @param without where the control is a reference or the past
   * @param ofNewStage as a first guess, when the shares of the arms change
   * @param growsWithControl whether that guess grows with the control's errors alone; otherwise the
   *     treated arm's count, too, and harm hides itself
   */
  public record Noise(
      double withControl, double without, double ofNewStage, boolean growsWithControl) {}

  /**
   * How dispersion is learned.
   *
   * @param weightOfPast how many looks the past counts for
   * @param weightOfStage how many looks the guess in a new stage counts for
   * @param winsor how many times the dispersion one look may say at most
   * @param winsorWithout the same where the control is a reference or the past
   * @param fewErrors minutes before the rollout are joined until they hold so many errors each; 0 =
   *     never
   * @param fullErrors how many expected errors of the smaller arm make a look teach fully; fewer
   *     teach less; 0 = all teach alike
   */
  public record Learning(
      double weightOfPast,
      double weightOfStage,
      double winsor,
      double winsorWithout,
      double fewErrors,
      double fullErrors) {}

  private static final List<Double> EFFECTS =
      List.of(1.3, 1.6, 2.0, 2.6, 3.5, 5.0, 8.0, 14.0, 30.0, 300.0);

  /** As the design was written down; the product does not judge with it. */
  public static final Tuning DESIGN =
      new Tuning(
          EFFECTS,
          0,
          new Cap(0.6, 0.4, 0.5, false, Double.POSITIVE_INFINITY, 0),
          new Noise(0.07, 0.05, 0.15, false),
          new Learning(30, 5, 12, 12, 0, 0));

  /** What the product judges with. */
  public static final Tuning DEFAULT =
      new Tuning(
          EFFECTS,
          0.4,
          new Cap(0.55, 0.4, 0.5, true, 1.5, 1.3),
          new Noise(0.05, 0.05, 0.10, true),
          new Learning(30, 5, 12, 5, 3, 1));

  public Tuning {
    effects = List.copyOf(effects);
  }
}
