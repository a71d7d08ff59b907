package rollout.journal;

import java.util.List;
import rollout.core.Event;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;

/** What is said when an append does not fit what the journal holds. */
final class Staleness {
  private Staleness() {}

  /**
   * Why the version is not the expected one.
   *
   * @param found differs from {@code expected}
   */
  static String sentence(RolloutId rollout, long expected, long found) {
    if (found == 0) {
      return "Rollout %s has no events here, though %s had been read of it; is it the same --state?"
          .formatted(rollout, count(expected));
    }
    if (expected == 0) {
      return "Rollout %s was begun already and has %s; read it and decide again."
          .formatted(rollout, count(found));
    }
    if (found < expected) {
      return "Rollout %s has %s, though %s had been read of it; was an older copy put in place?"
          .formatted(rollout, count(found), count(expected));
    }
    return found == expected + 1
        ? "Another process wrote event %d of rollout %s; read it and decide again."
            .formatted(found, rollout)
        : "Another process wrote events %d to %d of rollout %s; read them and decide again."
            .formatted(expected + 1, found, rollout);
  }

  /** Why a rollout cannot be begun. */
  static String second(FlagName flag, String unfinished) {
    return "Flag %s has an unfinished rollout already, %s; resume or abort that one."
        .formatted(flag, unfinished);
  }

  /**
   * The event that begins a rollout.
   *
   * @throws IllegalArgumentException when these events do not begin this one: a bug of the caller
   */
  static Event.Started first(RolloutId rollout, List<Event> events) {
    if (!events.isEmpty()
        && events.get(0) instanceof Event.Started started
        && started.rollout().equals(rollout)) {
      return started;
    }
    throw new IllegalArgumentException(
        "the first event of rollout " + rollout + " must be its own Started, not " + events);
  }

  private static String count(long events) {
    return events == 1 ? "1 event" : events + " events";
  }
}
