package rollout.judge.sequential;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges a stage that was taken back to a smaller exposure, because nobody was left to compare
 * with: convicts when those without the flag say so, acquits when harm of {@link #HARM} times is
 * refuted. Each errs with a probability of at most α, where errors are as dispersed as said.
 */
public final class StepBackTest {
  /** The ratio of error rates that has to be refuted before exposure may rise again. */
  public static final double HARM = 1.5;

  /**
   * At least two looks have to agree before it is acquitted: a source that comes back in the middle
   * of one look may know the errors of one side and not of the other.
   */
  private static final double MOST_OF_ONE_LOOK = 0.6;

  private final double logConvict;
  private final double logAcquit;
  private final double tolerance;
  private final double dispersion;
  private final List<Double> effects = Tuning.DEFAULT.effects();

  /** What is known so far. */
  public enum Outcome {
    /** Neither; look on until the deadline. */
    OPEN,
    /** It is the flag. */
    CONVICTED,
    /** It is not the flag. */
    ACQUITTED
  }

  /**
   * What one look made of it.
   *
   * @param next to judge the next look from
   */
  public record Ruling(StepBackState next, Outcome outcome) {}

  /**
   * For one step-back.
   *
   * @param alpha the guardrail's budget
   * @param time how many step-backs this rollout has had, this one included, from 1; each convicts
   *     at half the risk of the one before
   * @param tolerance the ratio that is not harm yet, with a concurrent control
   * @param dispersion how many times noisier than independent errors are, see {@link
   *     SequentialTest#dispersionWithControl}
   */
  public StepBackTest(double alpha, int time, double tolerance, double dispersion) {
    this.logAcquit = Math.log(1 / alpha);
    this.logConvict = logAcquit + time * Math.log(2);
    this.tolerance = tolerance;
    this.dispersion = Math.max(1, dispersion);
  }

  /** Judges one look; a void one, and one without errors, changes nothing. */
  public Ruling look(StepBackState state, Arm treated, Arm control) {
    boolean sound = treated.isSound() && control.isSound() && treated.requests() > 0;
    StepBackState next =
        sound && treated.errors() + control.errors() > 0 ? added(state, treated, control) : state;
    return new Ruling(next, outcome(next));
  }

  /** The logarithm of the evidence for harm of whatever size. */
  public double convicting(StepBackState state) {
    double sum = 0;
    for (double gain : state.convicting()) {
      sum += Math.exp(gain);
    }
    return Math.log(sum / state.convicting().size());
  }

  private Outcome outcome(StepBackState state) {
    if (convicting(state) >= logConvict) {
      return Outcome.CONVICTED;
    }
    return state.acquitting() >= logAcquit ? Outcome.ACQUITTED : Outcome.OPEN;
  }

  private StepBackState added(StepBackState state, Arm treated, Arm control) {
    List<Double> convicting = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      double harm = tolerance * effects.get(i);
      convicting.add(state.convicting().get(i) + gain(treated, control, tolerance, harm));
    }
    double peace = Math.min(gain(treated, control, HARM, 1), MOST_OF_ONE_LOOK * logAcquit);
    return new StepBackState(state.acquitting() + peace, convicting);
  }

  /** What a bet on the ratio {@code against} wins over the ratio {@code held} in one look. */
  private double gain(Arm treated, Arm control, double held, double against) {
    double odds = treated.requests() / Math.max(control.requests(), 1);
    double errors = treated.errors() + control.errors();
    double unlikelier = Math.log(1 + held * odds) - Math.log(1 + against * odds);
    double won = treated.errors() * Math.log(against / held) + errors * unlikelier;
    double share = held * odds / (1 + held * odds);
    double noise = Tuning.DEFAULT.noise().withControl() * Tuning.DEFAULT.noise().withControl();
    return won / Math.max(dispersion, 1 + noise * errors * share * (1 - share));
  }
}
