package rollout.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.RolloutState;

/** An event as a line of the log that {@code start} writes where there is no terminal. */
public final class EventLine {
  private static final int LONGEST = 600;

  private EventLine() {}

  /**
   * Such as {@code 14:05:01 low: 5% of production confirmed (value=5&key=percentage_of_actors)}.
   *
   * <p>The day is named when it is not the one on which the rollout was started.
   *
   * @param before the state the event was added to; empty for {@link Event.Started}
   * @return empty for an event that says nothing new: a measurement, a look like the one before
   */
  public static String of(Optional<RolloutState> before, Event event, ZoneId zone) {
    if (EventWords.isQuiet(before, event)) {
      return "";
    }
    Instant started = before.map(state -> state.started().at()).orElse(event.at());
    return new Times(zone).clockSince(started, event.at())
        + " "
        + cut(EventWords.of(before, event));
  }

  /** A source's answer may quote a whole query back; {@code history} has it in full. */
  private static String cut(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
  }
}
