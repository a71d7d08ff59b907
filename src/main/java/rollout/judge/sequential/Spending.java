package rollout.judge.sequential;

import java.util.Arrays;
import java.util.List;

/**
 * How the budget of false alarms is dealt out over the looks of a rollout (γ). Each stage gets an
 * equal part: half on its first look, because most harm begins with the raise, the rest falling
 * over the planned looks. All parts together never exceed 1.
 */
public final class Spending {
  private static final double FIRST_LOOK = 0.5;
  private static final double KEPT_FOR_EXTENSION = 0.1;

  /** Not nothing, so that logarithms stay finite. */
  private static final double NOTHING_LEFT = 1e-12;

  private final double alpha;
  private final double logLimit;
  private final List<JudgedStage> stages;
  private final double[][] planned;

  /**
   * For one guardrail.
   *
   * @param alpha the highest probability of a false rollback by it, in the whole rollout
   * @param stages those this guardrail judges, in order; at least one
   */
  public Spending(double alpha, List<JudgedStage> stages) {
    this.alpha = alpha;
    this.logLimit = Math.log(1 / alpha);
    this.stages = List.copyOf(stages);
    this.planned = stages.stream().map(stage -> plannedLooks(stage)).toArray(double[][]::new);
  }

  /** The same when {@code guardrails} of them share {@code falseRollback}. */
  public static Spending shared(double falseRollback, int guardrails, List<JudgedStage> stages) {
    return new Spending(falseRollback / guardrails, stages);
  }

  /** The budget of this guardrail. */
  public double alpha() {
    return alpha;
  }

  /** The natural logarithm of what E must reach. */
  public double logLimit() {
    return logLimit;
  }

  /** The stages it was made for. */
  public List<JudgedStage> stages() {
    return stages;
  }

  /**
   * What one look may cost.
   *
   * @param look how many looks of that stage were judged before, in this or an earlier pass through
   *     it
   */
  public double at(int stage, int look) {
    if (look < planned[stage].length) {
      return planned[stage][look];
    }
    return stages.get(stage).extendable() ? extension(stage, look) : NOTHING_LEFT;
  }

  /** The part of the whole that no look has used yet. */
  public double left(TestState state) {
    double spent = 0;
    for (int stage = 0; stage < planned.length; stage++) {
      int looks = Memory.looksSpent(state, stage);
      for (int look = 0; look < looks; look++) {
        spent += at(stage, look);
      }
    }
    return Math.max(0, 1 - spent);
  }

  private double[] plannedLooks(JudgedStage stage) {
    int looks = Math.max(stage.looks(), 2);
    double[] weights = new double[looks];
    for (int look = 1; look < looks; look++) {
      weights[look] = 1.0 / (look + 2);
    }
    double sum = Arrays.stream(weights).sum();
    double rest = 1 - FIRST_LOOK - (stage.extendable() ? KEPT_FOR_EXTENSION : 0);
    for (int look = 1; look < looks; look++) {
      weights[look] *= rest / sum / stages.size();
    }
    weights[0] = FIRST_LOOK / stages.size();
    return weights;
  }

  /** A series without end whose sum stays below what was kept. */
  private double extension(int stage, int look) {
    int first = planned[stage].length;
    double bound = (first + 2.0) / (first + 1.0) / Math.log(first + 1.0);
    double log = Math.log(look + 2.0);
    return KEPT_FOR_EXTENSION / stages.size() / bound / ((look + 1) * log * log);
  }
}
