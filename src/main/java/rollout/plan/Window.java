package rollout.plan;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time that a measurement covers.
 *
 * @param from inclusive
 * @param to exclusive, not before {@code from}
 */
public record Window(Instant from, Instant to) {
  /**
   * @throws IllegalArgumentException when it ends before it begins
   */
  public Window {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a window from " + from + " to " + to + " is upside down");
    }
  }

  /** How long it is. */
  public Duration length() {
    return Duration.between(from, to);
  }

  /** Whether nothing can have been measured in it. */
  public boolean isEmpty() {
    return from.equals(to);
  }

  /** The window of the same length that lies {@code distance} earlier. */
  public Window earlier(Duration distance) {
    return new Window(from.minus(distance), to.minus(distance));
  }
}
