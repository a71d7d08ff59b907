package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long to wait before GitLab is asked again: half a second, doubled with each failure up to a
 * minute, spread by up to a quarter so that many runners do not ask in step.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 60_000;

  private Backoff() {}

  /**
   * @param failures in a row before this one
   * @param asked what the server asked for; never waited longer than a minute
   * @param spread any text that differs between runners; the spread is a function of it
   */
  public static Instant next(Instant at, int failures, Optional<Duration> asked, String spread) {
    long doubled = FIRST_MILLIS << Math.min(failures, 10);
    long wanted =
        Math.max(Math.min(doubled, LONGEST_MILLIS), asked.map(Duration::toMillis).orElse(0L));
    long millis = Math.min(wanted, LONGEST_MILLIS);
    long share = Math.floorMod((spread + failures).hashCode(), 1000);
    return at.plusMillis(millis + millis * share / 4000);
  }
}
