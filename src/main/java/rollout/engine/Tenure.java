package rollout.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import rollout.port.Leases;
import rollout.port.PortException;

/** Holds a lease and renews it in time. Time is what a stopwatch says, not the wall clock. */
public final class Tenure {
  private final Leases leases;
  private final LongSupplier nanoTime;
  private final Supplier<Duration> duration;
  private final Supplier<Duration> raiseTakes;
  private volatile Leases.Lease lease;
  private final long madeAt;
  private final Duration predecessorLeft;
  private long renewedAt;

  /**
   * @param lent as it was granted
   * @param nanoTime a stopwatch that never goes back, in nanoseconds
   * @param duration how long a lease lasts; asked each time, because the plan may be replaced
   * @param raiseTakes the longest a raise can be under way; asked each time
   */
  public Tenure(
      Leases leases,
      Lent lent,
      LongSupplier nanoTime,
      Supplier<Duration> duration,
      Supplier<Duration> raiseTakes) {
    this.leases = leases;
    this.lease = lent.lease();
    this.nanoTime = nanoTime;
    this.duration = duration;
    this.raiseTakes = raiseTakes;
    this.madeAt = nanoTime.getAsLong();
    this.predecessorLeft = lease.predecessorLeft();
    this.renewedAt = lent.askedAt();
  }

  /**
   * Renews the lease once a third of it has passed.
   *
   * @throws Driver.LeaseLost when somebody else has it now
   * @throws PortException when the store did not answer and the lease has run out
   */
  void keep() throws PortException, Driver.LeaseLost {
    if (age().compareTo(shorter(lease.left(), duration.get()).dividedBy(3)) < 0) {
      return;
    }
    try {
      renew();
    } catch (PortException silent) {
      if (left().isNegative() || left().isZero()) {
        throw silent;
      }
    }
  }

  /** Whether what is left of the lease outlasts a raise; renews it when it does not. */
  boolean coversARaise() throws PortException {
    try {
      if (left().compareTo(raiseTakes.get()) <= 0) {
        renew();
      }
      return left().compareTo(raiseTakes.get()) > 0;
    } catch (Driver.LeaseLost lost) {
      return false;
    }
  }

  /**
   * Whether a holder that did not give its lease back could still think that it has it: gone, as
   * far as anybody can see, but a raise of its own may be on its way (safety.md, Lease).
   */
  boolean isPredecessorDue() {
    Duration since = Duration.ofNanos(nanoTime.getAsLong() - madeAt);
    return predecessorLeft.compareTo(since) > 0;
  }

  /**
   * Gives the lease back if it is still ours, from any thread.
   *
   * @throws PortException when the store did not answer; the lease then ends by itself
   */
  public void release() throws PortException {
    leases.release(lease);
  }

  private void renew() throws PortException, Driver.LeaseLost {
    long asked = nanoTime.getAsLong();
    Optional<Leases.Lease> renewed = leases.renew(lease, duration.get());
    if (renewed.isEmpty()) {
      throw new Driver.LeaseLost(leases.holder(lease.rollout()));
    }
    lease = renewed.get();
    renewedAt = asked;
  }

  private Duration age() {
    return Duration.ofNanos(nanoTime.getAsLong() - renewedAt);
  }

  private Duration left() {
    return lease.left().minus(age());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
