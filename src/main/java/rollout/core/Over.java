package rollout.core;

import java.util.List;
import java.util.Optional;

/**
 * Whether a rollout is over, as its newest telling event says: an abort of one that had ended takes
 * it back anew, and that is not over before it is sealed.
 */
public final class Over {
  private Over() {}

  /** What these events change about it; empty when they say nothing of it. */
  public static Optional<Boolean> after(List<Event> events) {
    return events.stream()
        .flatMap(event -> after(event).stream())
        .reduce((earlier, later) -> later);
  }

  private static Optional<Boolean> after(Event event) {
    if (event instanceof Event.Completed
        || event instanceof Event.RolledBack
        || event instanceof Event.Aborted) {
      return Optional.of(true);
    }
    return event instanceof Event.AbortRequested ? Optional.of(false) : Optional.empty();
  }
}
