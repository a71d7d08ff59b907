package rollout.judge;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a source answered to one query. A source that fails is an answer too, never an exception.
 */
public sealed interface Reading
    permits Reading.Value,
        Reading.Counts,
        Reading.Split,
        Reading.Series,
        Reading.Firing,
        Reading.NoData,
        Reading.Partial,
        Reading.Unavailable {
  /**
   * One number.
   *
   * @param value may be NaN or infinite, as the source said it
   */
  record Value(double value) implements Reading {}

  /** Failed and all requests, counted in one answer. */
  record Counts(double errors, double requests) implements Reading {}

  /**
   * Both arms of a comparison, counted in one answer.
   *
   * @param treated with the flag on
   * @param control with the flag off
   */
  record Split(Counts treated, Counts control) implements Reading {}

  /**
   * Several numbers.
   *
   * @param values by the value of the label that was asked to tell them apart
   */
  record Series(Map<String, Double> values) implements Reading {
    public Series {
      values = Map.copyOf(values);
    }
  }

  /**
   * Alerts that fire.
   *
   * @param count all of them
   * @param newest those that began last, the last one first
   */
  record Firing(long count, List<Alert> newest) implements Reading {
    public Firing {
      newest = List.copyOf(newest);
    }
  }

  /** An alert that fires, and since when. */
  record Alert(String name, Instant since) {}

  /**
   * The source answered, and had nothing.
   *
   * @param reason a clause for people: {@code "the query matched no series"}
   */
  record NoData(String reason) implements Reading {}

  /**
   * The source answered, and said or showed that something is missing from it.
   *
   * @param reason a clause for people
   */
  record Partial(String reason) implements Reading {}

  /**
   * The source did not answer, refused, or answered something that cannot be used: its fault or the
   * query's, never the flag's.
   *
   * @param reason a sentence: what was tried, what came back, what to do
   */
  record Unavailable(String reason) implements Reading {}
}
