package rollout.judge.sequential;

/**
 * The ratio of error rates that is not harm yet, because the comparison is no better than that.
 *
 * @param concurrent against those without the flag; 1.1 allows 10 % more
 * @param reference against a sibling series
 * @param history against the week before
 */
public record Tolerance(double concurrent, double reference, double history) {
  /** What holds when the plan says nothing. */
  public static final Tolerance DEFAULT = new Tolerance(1.1, 1.5, 2.0);
}
