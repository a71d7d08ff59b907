package rollout.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a breach must last before it counts: {@code for: 3} or {@code for: 5m}.
 *
 * @param looks consecutive breached looks, at least 1; 1 when {@code span} rules
 * @param span the time from the first breached look of a row to the last
 */
public record Lasting(int looks, Optional<Duration> span) {
  /** One look is enough: the default. */
  public static final Lasting ONE_LOOK = new Lasting(1, Optional.empty());

  /**
   * @throws IllegalArgumentException below one look
   */
  public Lasting {
    if (looks < 1) {
      throw new IllegalArgumentException("a breach of " + looks + " looks can never last");
    }
  }

  /** So many consecutive looks. */
  public static Lasting looks(int looks) {
    return new Lasting(looks, Optional.empty());
  }

  /** Breached without a break for so long. */
  public static Lasting span(Duration span) {
    return new Lasting(1, Optional.of(span));
  }

  /** The shortest time in which a breach can last, with looks every {@code interval}. */
  public Duration shortest(Duration interval) {
    return span.orElse(interval.multipliedBy(looks));
  }
}
