package rollout.report;

import rollout.judge.Reading;

/** What a source answered, in words. */
public final class ReadingText {
  private ReadingText() {}

  /** {@code 0.052}, {@code no data: the query matched no series}, {@code ERROR: …}. */
  public static String of(Reading reading) {
    if (reading instanceof Reading.Value value) {
      return number(value.value());
    } else if (reading instanceof Reading.Counts counts) {
      return number(counts.errors()) + " errors of " + number(counts.requests()) + " requests";
    } else if (reading instanceof Reading.Split split) {
      return "on: " + of(split.treated()) + "; off: " + of(split.control());
    } else if (reading instanceof Reading.Series series) {
      return Escape.line(series.values().toString());
    } else if (reading instanceof Reading.NoData none) {
      return "no data: " + Escape.line(none.reason());
    } else if (reading instanceof Reading.Partial partial) {
      return "only a part: " + Escape.line(partial.reason());
    } else if (reading instanceof Reading.Unavailable unavailable) {
      return "ERROR: " + Escape.line(unavailable.reason());
    }
    throw new AssertionError("no words for " + reading);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "no data: NaN" : Numbers.plain(value);
  }
}
