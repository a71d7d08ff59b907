package rollout.judge;

import rollout.judge.sequential.Detectable;
import rollout.judge.sequential.Spending;
import rollout.judge.sequential.Step;

/** The test's numbers as people read them in a verdict's line. */
public final class CompareWords {
  private static final double MOST_SHOWN = 1e6;

  private CompareWords() {}

  /**
   * For example {@code E=37/100 ratio≈1.8 (φ 1.2) budget 99% detectable ×1.6 now}.
   *
   * @param budgetLeft from {@link Spending#left}
   * @param detectable from {@link Detectable#ratio}
   */
  public static String line(Step step, double alpha, double budgetLeft, double detectable) {
    return "E="
        + evidence(step.logEvidence())
        + "/"
        + Figures.number(1 / alpha)
        + " ratio≈"
        + Figures.number(step.ratio())
        + " (φ "
        + Figures.number(step.dispersion())
        + ") budget "
        + Math.round(100 * budgetLeft)
        + "% detectable "
        + times(detectable)
        + " now";
  }

  /** {@code waiting for 1,240 of 3,000 requests}. */
  public static String waiting(double requests, double least) {
    return "waiting for "
        + Figures.countShort(requests)
        + " of "
        + Figures.count(least)
        + " requests";
  }

  /** {@code detectable ×2.7, needs ×2}. */
  public static String needs(double detectable, double times) {
    return "detectable " + times(detectable) + ", needs " + times(times);
  }

  private static String times(double ratio) {
    return ratio > Detectable.LARGEST ? "nothing" : "×" + Figures.number(ratio);
  }

  /**
   * E from its logarithm, rounded down so that it never looks like the limit it has not reached.
   */
  public static String evidence(double logEvidence) {
    double value = Math.exp(logEvidence);
    if (value > MOST_SHOWN) {
      return ">1000000";
    }
    return value < 1 ? Figures.number(value) : Figures.number(Math.floor(value));
  }
}
