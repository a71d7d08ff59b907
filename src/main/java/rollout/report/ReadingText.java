package rollout.report;

import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.stream.Collectors;
import rollout.judge.Reading;

/** What a source answered, in words. */
public final class ReadingText {
  private ReadingText() {}

  /** {@code 0.052}, {@code no data: the query matched no series}, {@code ERROR: …}. */
  public static String of(Reading reading) {
    if (reading instanceof Reading.Value value) {
      return number(value.value());
    } else if (reading instanceof Reading.Counts counts) {
      return counts(counts);
    } else if (reading instanceof Reading.Split split) {
      return "flag on: " + counts(split.treated()) + ", off: " + counts(split.control());
    } else if (reading instanceof Reading.Firing firing) {
      return Escape.line(firing(firing));
    } else if (reading instanceof Reading.Series series) {
      return Escape.line(new TreeMap<>(series.values()).toString());
    } else if (reading instanceof Reading.NoData none) {
      return "no data: " + Escape.line(none.reason());
    } else if (reading instanceof Reading.Partial partial) {
      return "only a part: " + Escape.line(partial.reason());
    } else if (reading instanceof Reading.Unavailable unavailable) {
      return "ERROR: " + Escape.line(unavailable.reason());
    }
    throw new AssertionError("no words for " + reading);
  }

  private static String counts(Reading.Counts counts) {
    return number(counts.errors()) + " errors of " + number(counts.requests()) + " requests";
  }

  private static String firing(Reading.Firing firing) {
    return firing.count()
        + (firing.count() == 1 ? " alert fires" : " alerts fire")
        + firing.newest().stream()
            .map(
                alert ->
                    "; " + alert.name() + " since " + alert.since().truncatedTo(ChronoUnit.SECONDS))
            .collect(Collectors.joining());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "no data: NaN" : Numbers.plain(value);
  }
}
