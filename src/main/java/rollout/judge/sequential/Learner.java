package rollout.judge.sequential;

/** Learns from each look how dispersed errors are, for the looks after it. */
final class Learner {
  /** Errors of the treated arm that a fair split is taken to have had before a stage. */
  private static final double FAIR_ERRORS = 3;

  private static final double TRUSTED_LOOKS = 10;

  private final Tuning tuning;

  Learner(Tuning tuning) {
    this.tuning = tuning;
  }

  /** What a look's evidence is divided by: what was learned, or more where errors are many. */
  double dispersion(Comparison comparison, boolean controlled) {
    double noise = controlled ? tuning.noise().withControl() : tuning.noise().without();
    double share = comparison.toleratedShare();
    return Math.max(
        comparison.dispersion(), 1 + noise * noise * comparison.errors() * share * (1 - share));
  }

  /**
   * A new stage has another scale of counts: what was learned on the old one is doubted, and
   * unlearned quickly. The treated arm's own errors would make the doubt grow with the harm.
   */
  void distrust(Dispersion dispersion, Counts counts) {
    double odds = counts.odds();
    double share = odds / (1 + odds);
    double errors = 0;
    if (counts.treated().isSound() && counts.control().isSound()) {
      double control = counts.control().errors();
      errors =
          tuning.noise().growsWithControl()
              ? control * (1 + odds)
              : control + counts.treated().errors();
    }
    double noise = tuning.noise().ofNewStage() * tuning.noise().ofNewStage();
    double doubted = 1 + noise * errors * share * (1 - share);
    dispersion.guess(Math.max(dispersion.value(), doubted), tuning.learning().weightOfStage());
  }

  /** From a look with a control. */
  void withControl(Memory memory, Comparison comparison, boolean rescaled) {
    Dispersion dispersion = memory.withControl;
    if (!comparison.counts() || rescaled) {
      dispersion.forget();
    }
    if (comparison.counts()) {
      double most = tuning.learning().winsor() * dispersion.value();
      if (tuning.learning().fullErrors() > 0) {
        double share = Math.max(comparison.fairShare(), shareOfStage(memory, comparison));
        dispersion.learnByErrors(comparison, share, tuning.learning().fullErrors(), most);
      } else {
        dispersion.learn(comparison, comparison.fairShare(), most);
      }
    }
    dispersion.settle(1);
  }

  /** The treated arm's share of the errors in this stage so far; fair until it has errors. */
  private static double shareOfStage(Memory memory, Comparison comparison) {
    double treated = memory.treatedErrors + comparison.treated();
    double both = memory.treatedErrors + memory.controlErrors + comparison.errors();
    return (treated + FAIR_ERRORS) / (both + FAIR_ERRORS / comparison.fairShare());
  }

  /** From a look against a reference or the past. */
  void without(Dispersion dispersion, Comparison comparison, double used) {
    if (comparison.counts()) {
      dispersion.learn(comparison, 0, tuning.learning().winsorWithout() * used);
    } else {
      dispersion.forget();
    }
    dispersion.settle(Math.min(1, dispersion.weight() / TRUSTED_LOOKS));
  }
}
