package rollout.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * One thing that is watched: a query, a limit, and what to do when it is crossed.
 *
 * @param name unique in the plan
 * @param source the name of a {@link Source}
 * @param check what is asked and the limit
 * @param window the stretch of time one look covers; empty = the larger of the stage's interval and
 *     one minute
 * @param lasting how long a breach must last before it counts
 */
public record Guardrail(
    String name,
    String source,
    Check check,
    Optional<Duration> window,
    Lasting lasting,
    OnBreach onBreach) {
  /** The window of one look in a stage with this interval. */
  public Duration windowFor(Duration interval) {
    Duration minute = Duration.ofMinutes(1);
    return window.orElse(interval.compareTo(minute) > 0 ? interval : minute);
  }
}
