package rollout.judge.sequential;

import java.util.List;

/**
 * Every number of the test that was chosen and not derived; docs/decisions/0023 says how. All are
 * without a unit.
 *
 * @param effects the harm bet on: how many times the tolerated ratio
 * @param cap which part of the whole way to a breach one look may go at most
 * @param minuteCap the same where looks are a minute apart or less
 * @param leastStep what one look may always add to the logarithm of the evidence
 * @param noise relative noise of the treated share from look to look that is never evidence
 * @param noiseUncontrolled the same where the control is a reference or the past
 * @param noiseOfNewStage the same, as a first guess, when the shares of the arms change
 * @param weightOfPast how many looks the dispersion of the past counts for
 * @param weightOfStage how many looks it counts for in a new stage
 * @param winsor how many times the dispersion one look may say at most
 * @param capPower the power of the dispersion that the cap falls with
 * @param fewErrors minutes before the rollout are joined until they hold so many errors each
 * @param distrustsControl whether the doubt about a new stage grows with the control's errors only
 * @param teachingErrors how many errors of the treated arm a look must expect to teach the
 *     dispersion fully; fewer teach less; 0 = all teach alike
 * @param capOfPastStage whether the cap knows only the dispersion from before the stage
 * @param outstanding how many times the worst step of the week a look must stand out against the
 *     reference to decide alone; infinite = none ever does
 */
public record Tuning(
    List<Double> effects,
    double cap,
    double minuteCap,
    double leastStep,
    double noise,
    double noiseUncontrolled,
    double noiseOfNewStage,
    double weightOfPast,
    double weightOfStage,
    double winsor,
    double capPower,
    double fewErrors,
    boolean distrustsControl,
    double teachingErrors,
    boolean capOfPastStage,
    double outstanding) {
  /** As the design was written down. */
  public static final Tuning DESIGN =
      new Tuning(
          List.of(1.3, 1.6, 2.0, 2.6, 3.5, 5.0, 8.0, 14.0, 30.0, 300.0),
          0.6,
          0.4,
          0.5,
          0.07,
          0.05,
          0.15,
          30,
          5,
          12,
          1,
          0,
          false,
          0,
          false,
          Double.POSITIVE_INFINITY);

  /** What the product judges with. */
  public static final Tuning DEFAULT = DESIGN;

  public Tuning {
    effects = List.copyOf(effects);
  }
}
