package rollout.engine;

import java.time.Instant;
import rollout.core.Event;
import rollout.core.RolloutState;

/** Somebody who wants to see what happens; never a part of what is decided. */
public interface Observer {
  /** Sees nothing. */
  Observer NONE = new Observer() {};

  /**
   * An event is in the journal.
   *
   * @param state after it
   */
  default void recorded(Event event, RolloutState state) {}

  /** The journal does not answer; it is asked again. Told once in a row. */
  default void troubled(String why) {}

  /** Nothing is due before {@code until}. */
  default void waiting(RolloutState state, Instant until) {}
}
