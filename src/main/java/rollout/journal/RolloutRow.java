package rollout.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.PortException;

/**
 * One row of the table {@code rollouts}: what the events say, once more, for quick questions.
 *
 * @param startedAt as it is stored
 */
record RolloutRow(String id, String flag, boolean sandbox, String startedAt, boolean finished) {
  Journal.Entry entry() {
    return new Journal.Entry(new RolloutId(id), new FlagName(flag), sandbox, finished);
  }

  /** The row that these events lead to. */
  static RolloutRow of(Event.Started started, boolean finished) {
    return new RolloutRow(
        started.rollout().value(),
        started.flag().value(),
        started.sandbox(),
        started.at().toString(),
        finished);
  }

  /** Whether an event ends its rollout. */
  static boolean isEnd(Event event) {
    return event instanceof Event.Completed
        || event instanceof Event.RolledBack
        || event instanceof Event.Aborted;
  }

  /** What in this row its events do not say. Events that cannot be read are the chain's to name. */
  Optional<String> differenceFrom(List<EventRow> rows) {
    List<Event> events = new ArrayList<>();
    try {
      for (EventRow row : rows) {
        events.add(EventCodec.decode("an event", row.body()));
      }
    } catch (PortException unreadable) {
      return Optional.empty();
    }
    if (events.isEmpty() || !(events.get(0) instanceof Event.Started started)) {
      return Optional.of("the rollout is in the list, and its first event is missing");
    }
    RolloutRow expected = of(started, events.stream().anyMatch(RolloutRow::isEnd));
    return equals(expected)
        ? Optional.empty()
        : Optional.of("the list says " + this + ", the events say " + expected);
  }

  @Override
  public String toString() {
    return "%s of %s%s, started %s, %s"
        .formatted(
            id, flag, sandbox ? " (sandbox)" : "", startedAt, finished ? "finished" : "unfinished");
  }
}
