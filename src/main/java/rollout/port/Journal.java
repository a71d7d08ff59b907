package rollout.port;

import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;

/**
 * The events of all rollouts, durable. At most one rollout of a flag is unfinished (sandbox
 * rollouts apart, of which there may be any number).
 */
public interface Journal extends AutoCloseable {
  /** Which rollouts a question is about. */
  enum Kind {
    /** Those against real servers. */
    REAL,
    /** Those and the ones of the sandbox. */
    ANY
  }

  /**
   * The rollout of a flag that was started last.
   *
   * @throws PortException when the store did not answer
   */
  Optional<RolloutId> newest(FlagName flag, Kind kind) throws PortException;

  /**
   * Every rollout, the one started last first.
   *
   * @throws PortException when the store did not answer
   */
  List<Entry> list(Kind kind) throws PortException;

  /**
   * All events of a rollout; an empty history when there is no such rollout.
   *
   * @throws PortException when the store did not answer or holds something unreadable
   */
  default History read(RolloutId rollout) throws PortException {
    return new History(rollout, readAfter(rollout, 0));
  }

  /**
   * The events after sequence number {@code version}.
   *
   * @throws PortException when the store did not answer or holds something unreadable
   */
  List<Event> readAfter(RolloutId rollout, long version) throws PortException;

  /**
   * The sequence number of the last event; 0 when there is none.
   *
   * @throws PortException when the store did not answer
   */
  default long version(RolloutId rollout) throws PortException {
    return head(rollout).seq();
  }

  /**
   * The last event's place and hash; {@link Head#START} when there is none. Cheap: for looking
   * whether somebody else wrote.
   *
   * @throws PortException when the store did not answer
   */
  Head head(RolloutId rollout) throws PortException;

  /**
   * Whether this head is part of the history: false when events were lost or changed since it was
   * seen.
   *
   * @throws PortException when the store did not answer
   */
  boolean holds(RolloutId rollout, Head head) throws PortException;

  /**
   * Writes events, all or none, and returns only when they are durable.
   *
   * @param expectedVersion the sequence number of the last event the caller has seen; 0 with a
   *     {@link Event.Started} first makes a new rollout
   * @return the new version
   * @throws StaleVersion when another event was written meanwhile, or when another unfinished
   *     rollout of the flag exists; nothing was written
   * @throws PortException when the store did not answer; kind UNKNOWN when it may have written
   */
  long append(RolloutId rollout, long expectedVersion, List<Event> events)
      throws StaleVersion, PortException;

  @Override
  void close();

  /**
   * One line of the list of rollouts.
   *
   * @param finished whether it was completed, rolled back or aborted, and not taken back anew since
   */
  record Entry(RolloutId rollout, FlagName flag, boolean sandbox, boolean finished) {}
}
