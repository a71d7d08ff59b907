package rollout.port;

import java.util.List;
import rollout.core.Event;
import rollout.plan.RolloutId;

/**
 * Every event of one rollout.
 *
 * @param events in order; the first has sequence number 1
 */
public record History(RolloutId rollout, List<Event> events) {
  public History {
    events = List.copyOf(events);
  }

  /** The sequence number of the last event; what an append must expect. */
  public long version() {
    return events.size();
  }
}
