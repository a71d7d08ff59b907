package rollout.core;

import java.time.Duration;
import java.time.Instant;

/**
 * The moments at which stages become verified: whole seconds, or multiples of half an interval
 * where that is shorter. Looks are counted from the verification, so rollouts that are verified
 * together look at the same moments ever after and ask the same questions.
 *
 * @param millis from one to the next, counted from 1970
 */
record Beat(long millis) {
  private static final long LONGEST = 1_000;

  /** That of a stage with this time between looks. */
  static Beat of(Duration interval) {
    return new Beat(Math.max(1, Math.min(LONGEST, interval.toMillis() / 2)));
  }

  Instant atOrBefore(Instant moment) {
    return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), millis) * millis);
  }

  Instant atOrAfter(Instant moment) {
    Instant before = atOrBefore(moment);
    return before.equals(moment) ? moment : before.plusMillis(millis);
  }
}
