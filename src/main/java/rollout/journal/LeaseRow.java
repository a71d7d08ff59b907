package rollout.journal;

import java.time.Duration;
import rollout.plan.RolloutId;
import rollout.port.Leases.Holder;
import rollout.port.Leases.Lease;

/**
 * The lease of one rollout as it is stored. Times are milliseconds by the database's clock.
 *
 * @param epoch how often the holder has changed
 * @param until when it ends; {@link #GIVEN_BACK} when the holder gave it back
 * @param owedUntil when the last lease that was not given back would have ended
 */
record LeaseRow(Holder holder, long epoch, long until, long owedUntil) {
  /** Long past. */
  static final long GIVEN_BACK = 0;

  /** The first lease of a rollout. */
  static LeaseRow first(Holder holder, long now, Duration duration) {
    return new LeaseRow(holder, 1, now + duration.toMillis(), GIVEN_BACK);
  }

  /** Whether somebody has it. */
  boolean isHeldAt(long now) {
    return until > now;
  }

  /** The same holder, for longer. */
  LeaseRow prolonged(long now, Duration duration) {
    return new LeaseRow(holder, epoch, now + duration.toMillis(), owedUntil);
  }

  /** Another holder, whatever was left of this one's time. */
  LeaseRow succeeded(Holder successor, long now, Duration duration) {
    return new LeaseRow(
        successor, epoch + 1, now + duration.toMillis(), Math.max(owedUntil, until));
  }

  /** The holder has given it back. */
  LeaseRow givenBack() {
    return new LeaseRow(holder, epoch, GIVEN_BACK, owedUntil);
  }

  /** How long it lasts from now on. */
  Duration left(long now) {
    return Duration.ofMillis(Math.max(0, until - now));
  }

  /** What the holder is told. */
  Lease lease(RolloutId rollout, long now) {
    Duration owed = Duration.ofMillis(Math.max(0, owedUntil - now));
    return new Lease(rollout, holder, epoch, left(now), !owed.isZero(), owed);
  }
}
