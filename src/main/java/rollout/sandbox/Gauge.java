package rollout.sandbox;

import rollout.plan.Check;

/**
 * A number such as a quantile of latency, whose usual value is made up from its limits.
 *
 * @param healthy well within the limits: 40 % of a {@code max}
 * @param harmed far outside
 */
record Gauge(double healthy, double harmed) {
  private static final double UNREST = 0.1;

  /** From this share of slow calls on, a high quantile is wholly that of the slow ones. */
  private static final double WHOLLY = 0.02;

  /** The gauge a check is about. */
  static Gauge of(Check.Value check) {
    if (check.max().isPresent() && check.min().isPresent()) {
      double reach = check.max().get() - check.min().get();
      return new Gauge(check.min().get() + reach / 2, check.max().get() + reach);
    }
    double limit = check.max().or(check::min).orElse(1.0);
    double reach = check.max().isPresent() ? size(limit) : -size(limit);
    return new Gauge(limit - 0.6 * reach, limit + reach / 2);
  }

  /**
   * Its value.
   *
   * @param slowed the share of calls that are slow because of the flag, 0 to 1
   * @param unrest -1 to 1
   */
  double at(double slowed, double unrest) {
    double harm = Math.min(1, slowed / WHOLLY);
    double reach = harmed - healthy;
    return healthy + reach * (harm + UNREST * unrest);
  }

  private static double size(double limit) {
    return limit == 0 ? 1 : Math.abs(limit);
  }
}
