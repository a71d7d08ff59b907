package rollout.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import rollout.plan.RolloutId;

/** Who drives a rollout: at most one process at a time, by the clock of the store. */
public interface Leases {
  /**
   * Takes or takes over the lease.
   *
   * @param duration how long it lasts without being renewed
   * @throws PortException when the store did not answer
   */
  Answer take(RolloutId rollout, Holder holder, Duration duration) throws PortException;

  /**
   * Makes it last longer.
   *
   * @return the renewed lease; empty when somebody else has it now
   * @throws PortException when the store did not answer
   */
  Optional<Lease> renew(Lease lease, Duration duration) throws PortException;

  /**
   * Gives it back, if it is still ours.
   *
   * @throws PortException when the store did not answer
   */
  void release(Lease lease) throws PortException;

  /**
   * Who drives it now, if anybody does.
   *
   * @throws PortException when the store did not answer
   */
  Optional<Taken> holder(RolloutId rollout) throws PortException;

  /** A process that drives. */
  record Holder(String name, String host, long processId, Instant processStart) {}

  /**
   * The right to drive.
   *
   * @param epoch grows by one whenever the holder changes
   * @param left how long it lasts from the moment it was granted
   * @param succeeded whether it was taken over from a holder that did not give it back, whose lease
   *     would have lasted {@code predecessorLeft} longer
   */
  record Lease(
      RolloutId rollout,
      Holder holder,
      long epoch,
      Duration left,
      boolean succeeded,
      Duration predecessorLeft) {}

  /** What came of asking. */
  sealed interface Answer {}

  /** The lease is ours. */
  record Granted(Lease lease) implements Answer {}

  /**
   * Somebody else has it.
   *
   * @param left how long it lasts if it is not renewed
   * @param aliveHere whether the holder is a live process on this host
   */
  record Taken(Holder holder, long epoch, Duration left, boolean aliveHere) implements Answer {}
}
