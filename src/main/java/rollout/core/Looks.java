package rollout.core;

import java.time.Duration;
import java.time.Instant;
import rollout.plan.Stage;

/**
 * When the looks of a stage are due: every interval from the stage's verification plus the lag, one
 * more at the end of the bake where that is no multiple of the interval, and every interval after.
 *
 * @param origin the stage's verification plus the lag
 */
public record Looks(Instant origin, Duration bake, Duration interval) {
  /** The least looks that must have passed where the bake holds as many. */
  private static final long LEAST = 3;

  /** The looks of a stage that was verified at this moment. */
  public static Looks of(Stage stage, Instant verifiedAt, Duration lag) {
    return new Looks(verifiedAt.plus(lag), stage.bake(), stage.interval());
  }

  /** When the look with this number, from 1, is due. */
  public Instant dueAt(long number) {
    long whole = wholeIntervals();
    if (number <= whole || isEven()) {
      return origin.plus(interval.multipliedBy(number));
    }
    return number == whole + 1 ? origin.plus(bake) : origin.plus(interval.multipliedBy(number - 1));
  }

  /** How many looks the bake of a stage holds; at least one. */
  static long planned(Stage stage) {
    return of(stage, Instant.EPOCH, Duration.ZERO).planned();
  }

  /** How many looks the bake holds; at least one. */
  public long planned() {
    return wholeIntervals() + (isEven() ? 0 : 1);
  }

  /**
   * How many passes a guardrail needs before the stage may pass: 90 % of the planned looks, at
   * least three, or all of them where the bake holds fewer (invariant I2).
   */
  public long required() {
    long ninetyPercent = (planned() * 9 + 9) / 10;
    return Math.min(planned(), Math.max(LEAST, ninetyPercent));
  }

  private long wholeIntervals() {
    return bake.toMillis() / interval.toMillis();
  }

  private boolean isEven() {
    return bake.toMillis() % interval.toMillis() == 0;
  }
}
