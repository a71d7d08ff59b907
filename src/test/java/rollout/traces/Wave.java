package rollout.traces;

/** A quantity that wanders around 1 over two weeks, in steps of five minutes. */
final class Wave {
  static final double STEP = 300;

  /** One that does not wander. */
  static final Wave FLAT = new Wave(new double[0]);

  private static final double WEEK = 7 * 86_400;
  private static final int STEPS = (int) (2.3 * WEEK / STEP);

  private final double[] values;

  private Wave(double[] values) {
    this.values = values;
  }

  /**
   * Autoregressive on the logarithm.
   *
   * @param spread of the logarithm
   * @param memory in seconds
   */
  static Wave wandering(double spread, double memory, Dice dice) {
    if (spread == 0) {
      return FLAT;
    }
    double kept = Math.exp(-STEP / memory);
    double fresh = spread * Math.sqrt(1 - kept * kept);
    double[] values = new double[STEPS];
    double now = spread * dice.normal();
    for (int i = 0; i < STEPS; i++) {
      values[i] = Math.exp(now - spread * spread / 2);
      now = kept * now + fresh * dice.normal();
    }
    return new Wave(values);
  }

  double at(double second) {
    if (values.length == 0) {
      return 1;
    }
    int step = (int) ((second + WEEK) / STEP);
    return values[Math.min(Math.max(step, 0), STEPS - 1)];
  }
}
