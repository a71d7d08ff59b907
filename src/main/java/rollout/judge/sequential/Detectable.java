package rollout.judge.sequential;

/**
 * What the test can see: the smallest harm that would be found with a probability of 90 % from so
 * many requests, and how long a given harm takes.
 */
public final class Detectable {
  /** The highest ratio that is looked for. */
  public static final double LARGEST = 1000;

  /** Said when not even {@link #LARGEST} would be seen. */
  public static final double NEVER = Double.POSITIVE_INFINITY;

  /** Beyond 1/α: what it takes to be there in nine of ten cases. */
  private static final double MARGIN = 3;

  private static final int HALVINGS = 60;

  private final double logLimit;
  private final double tolerance;
  private final double errorRate;
  private final double dispersion;

  /**
   * For one guardrail with one kind of control.
   *
   * @param alpha the guardrail's budget
   * @param tolerance the ratio that is not harm yet
   * @param errorRate errors per request when nothing is wrong
   * @param dispersion how many times noisier than independent errors are; at least 1
   */
  public Detectable(double alpha, double tolerance, double errorRate, double dispersion) {
    this.logLimit = Math.log(1 / alpha);
    this.tolerance = tolerance;
    this.errorRate = errorRate;
    this.dispersion = Math.max(1, dispersion);
  }

  /**
   * The smallest ratio of error rates seen with 90 % after so many requests of both sides; {@link
   * #NEVER} when there is none.
   */
  public double ratio(double treatedRequests, double controlRequests) {
    double needed = logLimit + MARGIN;
    if (!(information(LARGEST, treatedRequests, controlRequests) >= needed)) {
      return NEVER;
    }
    double low = Math.log(tolerance);
    double high = Math.log(LARGEST);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (information(Math.exp(middle), treatedRequests, controlRequests) >= needed) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Math.exp(high);
  }

  /**
   * How many seconds harm of this ratio takes to be seen with 90 %; {@link #NEVER} when it is
   * tolerated or nobody asks.
   *
   * @param treatedPerSecond requests of the treated arm
   * @param controlPerSecond requests of the control
   */
  public double seconds(double ratio, double treatedPerSecond, double controlPerSecond) {
    double perSecond = information(ratio, treatedPerSecond, controlPerSecond);
    return perSecond > 0 ? (logLimit + MARGIN) / perSecond : NEVER;
  }

  /** What these requests are expected to add to the logarithm of E under harm of this ratio. */
  private double information(double ratio, double treatedRequests, double controlRequests) {
    if (!(ratio > tolerance) || !(treatedRequests > 0) || !(controlRequests > 0)) {
      return 0;
    }
    double odds = treatedRequests / controlRequests;
    double errors = errorRate * (ratio * treatedRequests + controlRequests);
    double share = ratio * odds / (1 + ratio * odds);
    double tolerated = tolerance * odds / (1 + tolerance * odds);
    double divergence =
        share * Math.log(share / tolerated) + (1 - share) * Math.log((1 - share) / (1 - tolerated));
    return errors * divergence / dispersion;
  }
}
