package rollout.judge.sequential;

/**
 * What one side of a comparison counted since the last look.
 *
 * @param errors how many of the requests failed (or were slow, or hit a new issue)
 * @param requests how many there were
 */
public record Arm(double errors, double requests) {
  /** Nobody counted: the look is missing, or there is no such arm. */
  public static final Arm MISSING = new Arm(Double.NaN, Double.NaN);

  /** Nothing happened, and it was counted. */
  public static final Arm NOTHING = new Arm(0, 0);

  /** Whether both numbers can be used: neither missing nor negative (a counter that restarted). */
  public boolean isSound() {
    return errors >= 0 && requests >= 0;
  }

  /** Both together. */
  public Arm plus(Arm other) {
    return new Arm(errors + other.errors, requests + other.requests);
  }
}
