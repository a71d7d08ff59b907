package rollout.plan;

/**
 * How many times as many errors are still fine, by what the treated requests are compared with
 * (judgement.md §3, ρ). 1.1 tolerates 10 % more.
 *
 * @param concurrent beside a control in the same look; at least 1
 * @param reference beside a sibling that is not behind the flag; at least 1
 * @param history beside the same hour of the week before; at least 1
 */
public record Tolerance(double concurrent, double reference, double history) {
  /** What holds when the plan says nothing. */
  public static final Tolerance DEFAULT = new Tolerance(1.1, 1.5, 2.0);

  /**
   * @throws IllegalArgumentException below 1
   */
  public Tolerance {
    if (!(concurrent >= 1 && reference >= 1 && history >= 1)) {
      throw new IllegalArgumentException(
          "a tolerance below 1 takes the healthy for harmful: "
              + concurrent
              + ", "
              + reference
              + ", "
              + history);
    }
  }
}
