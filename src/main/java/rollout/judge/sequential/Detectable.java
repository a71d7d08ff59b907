package rollout.judge.sequential;

/**
 * What the test can see: the smallest harm, there from a stage's begin, that would be found with a
 * probability of 90 % from so many requests, and how long a given harm takes.
 *
 * <p>A bet on one size of harm wins on average, look by look, and strays. It is found with 90 %
 * where the winnings, less {@link #STRAY} standard deviations, pay for the limit, for not knowing
 * that harm begins with the stage, and for not knowing its size.
 */
public final class Detectable {
  /** The highest ratio that is looked for. */
  public static final double LARGEST = 1000;

  /** Said when not even {@link #LARGEST} would be seen. */
  public static final double NEVER = Double.POSITIVE_INFINITY;

  /** Nine in ten of a normal distribution lie above its mean less so many deviations. */
  private static final double STRAY = 1.2816;

  /** What the bets on other sizes cost, as a logarithm; measured. */
  private static final double UNKNOWN_SIZE = 0.6;

  private static final int HALVINGS = 50;
  private static final double FEWEST_LOOKS = 2;

  private final Tuning tuning = Tuning.DEFAULT;
  private final double needed;
  private final double tolerance;
  private final double errorRate;
  private final double dispersion;

  /**
   * For one guardrail with one kind of control.
   *
   * @param tolerance the ratio that is not harm yet
   * @param errorRate errors per request when nothing is wrong
   * @param dispersion how many times noisier than independent errors are; at least 1
   */
  public Detectable(Spending spending, double tolerance, double errorRate, double dispersion) {
    this.needed = spending.logLimit() - Math.log(spending.at(0, 0)) + UNKNOWN_SIZE;
    this.tolerance = tolerance;
    this.errorRate = errorRate;
    this.dispersion = Math.max(1, dispersion);
  }

  /**
   * The smallest ratio of error rates that is seen with 90 %; {@link #NEVER} when there is none.
   *
   * @param treatedRequests in all of the looks
   * @param controlRequests in all of the looks
   * @param looks how many; at least 1
   */
  public double ratio(double treatedRequests, double controlRequests, double looks) {
    if (!isSeen(LARGEST, treatedRequests, controlRequests, looks)) {
      return NEVER;
    }
    double low = Math.log(tolerance);
    double high = Math.log(LARGEST);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (isSeen(Math.exp(middle), treatedRequests, controlRequests, looks)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Math.exp(high);
  }

  /** Whether harm of this ratio would be seen with 90 % in so many requests. */
  public boolean isSeen(
      double ratio, double treatedRequests, double controlRequests, double looks) {
    if (!(treatedRequests > 0) || !(controlRequests > 0)) {
      return false;
    }
    return new Winnings(ratio, treatedRequests / looks, controlRequests / looks).after(looks)
        >= needed;
  }

  /**
   * How many seconds harm of this ratio takes to be seen with 90 %; {@link #NEVER} when it is
   * tolerated or nobody asks.
   *
   * @param treatedPerSecond requests of the treated arm
   * @param controlPerSecond requests of the control
   * @param interval seconds between two looks
   */
  public double seconds(
      double ratio, double treatedPerSecond, double controlPerSecond, double interval) {
    if (!(treatedPerSecond > 0) || !(controlPerSecond > 0)) {
      return NEVER;
    }
    Winnings winnings =
        new Winnings(ratio, treatedPerSecond * interval, controlPerSecond * interval);
    return Math.max(FEWEST_LOOKS, Math.ceil(winnings.looksFor(needed))) * interval;
  }

  /** What the best of the bets wins in a look, and how far it strays. */
  private final class Winnings {
    private double mean = 0;
    private double variance = 1;

    Winnings(double ratio, double treatedRequests, double controlRequests) {
      double odds = treatedRequests / controlRequests;
      double errors = errorRate * (ratio * treatedRequests + controlRequests);
      double share = ratio * odds / (1 + ratio * odds);
      double tolerated = tolerance * odds / (1 + tolerance * odds);
      double noise =
          tuning.noise().withControl()
              * tuning.noise().withControl()
              * errors
              * tolerated
              * (1 - tolerated);
      double divisor = Math.max(dispersion, 1 + noise);
      for (double effect : tuning.effects()) {
        double lost = Math.log((1 + tolerance * odds) / (1 + tolerance * odds * effect));
        double won = errors * (share * Math.log(effect) + lost) / divisor;
        double spread = Math.log(effect) * Math.log(effect) * errors * share * (1 - share);
        if (won > mean) {
          mean = won;
          variance = spread / divisor;
        }
      }
    }

    double after(double looks) {
      return looks * mean - STRAY * Math.sqrt(looks * variance);
    }

    double looksFor(double amount) {
      double stray = STRAY * Math.sqrt(variance);
      double root = (stray + Math.sqrt(stray * stray + 4 * mean * amount)) / (2 * mean);
      return mean > 0 ? root * root : NEVER;
    }
  }
}
