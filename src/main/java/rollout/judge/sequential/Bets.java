package rollout.judge.sequential;

/** The bets on harm of several sizes, each begun anew with every look (a change-point mixture). */
final class Bets {
  private static final double MINUTE = 60;

  /** Excess that a fair step of a week reaches anyway: three standard deviations, squared. */
  private static final double ORDINARY = 9;

  private final Tuning tuning;
  private final Spending spending;
  private final Past past;
  private final double[] effects;
  private final double[] logEffects;
  private final double[] logWeights;

  Bets(Tuning tuning, double favour, Spending spending, Past past) {
    this.tuning = tuning;
    this.spending = spending;
    this.past = past;
    this.effects = tuning.effects().stream().mapToDouble(Double::doubleValue).toArray();
    this.logEffects = tuning.effects().stream().mapToDouble(Math::log).toArray();
    this.logWeights = logWeights(favour);
  }

  private double[] logWeights(double favour) {
    double sum = 0;
    for (double logEffect : logEffects) {
      sum += Math.exp(-favour * logEffect);
    }
    double[] weights = new double[logEffects.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = -favour * logEffects[i] - Math.log(sum);
    }
    return weights;
  }

  /** Spends a look's part of the budget and lets every bet win or lose. */
  void place(Memory memory, Counts counts, Comparison comparison, double dispersion) {
    double logPart = Math.log(spending.at(counts.stage(), memory.looks[counts.stage()]++));
    double most =
        standsOut(memory, comparison, dispersion)
            ? Double.POSITIVE_INFINITY
            : mostOfOneLook(memory, counts, logPart);
    double edge = comparison.tolerance() * comparison.odds();
    double logTolerated = Math.log(1 + edge);
    boolean open = comparison.counts();
    for (int i = 0; i < effects.length; i++) {
      double step = 0;
      if (open) {
        double unlikelier = logTolerated - Math.log(1 + edge * effects[i]);
        double gain = comparison.treated() * logEffects[i] + comparison.errors() * unlikelier;
        step = Math.min(gain / dispersion, most);
      }
      memory.masses[i] = logSum(memory.masses[i], logPart + logWeights[i]) + step;
    }
  }

  /**
   * At least two looks have to agree before exposure goes back, more where errors come in bursts.
   */
  private double mostOfOneLook(Memory memory, Counts counts, double logPart) {
    double cap = counts.seconds() <= MINUTE ? tuning.cap().ofWayInMinutes() : tuning.cap().ofWay();
    Dispersion known = memory.withControl;
    double bursts = tuning.cap().byBurstsBefore() ? known.kept() : known.value();
    return Math.max(tuning.cap().least(), cap * (spending.logLimit() - logPart) / bursts);
  }

  /**
   * Whether a look against the reference is far beyond whatever the week before held. A look as
   * long as the steps of that week is compared with hundreds of its like, and may decide alone;
   * unless the treated arm was unsteady while there still was a control.
   */
  private boolean standsOut(Memory memory, Comparison comparison, double dispersion) {
    boolean comparable = comparison.kind() == ControlKind.REFERENCE && past.referenceWorst() > 0;
    if (!comparable || memory.withControl.value() > tuning.cap().calm()) {
      return false;
    }
    double share = comparison.toleratedShare();
    double excess = Math.max(0, comparison.treated() - comparison.errors() * share);
    double squared = excess * excess / (comparison.errors() * share * (1 - share));
    double worst = Math.max(ORDINARY, past.referenceWorst());
    return squared / dispersion > tuning.cap().outstanding() * worst;
  }

  private static double logSum(double a, double b) {
    double high = Math.max(a, b);
    return high + Math.log(Math.exp(a - high) + Math.exp(b - high));
  }
}
