package rollout.plan;

import java.time.Instant;
import java.util.List;

/** A question to a source, with every placeholder filled in. */
public sealed interface SignalQuery
    permits SignalQuery.Promql,
        SignalQuery.Counted,
        SignalQuery.SentryIssues,
        SignalQuery.SentrySplit,
        SignalQuery.LogCount,
        SignalQuery.LogSplit,
        SignalQuery.FiringAlerts {
  /** The name of the {@link Source} it goes to. */
  String source();

  /**
   * A PromQL expression.
   *
   * @param splitBy the label whose values tell several series apart; empty when the answer must be
   *     one number
   */
  record Promql(String source, String expression, String splitBy) implements SignalQuery {}

  /**
   * How much counters of a Prometheus grew over the window, all their series together, to the
   * scrape: what {@code increase()} loses of a series that was born in it is counted.
   */
  record Counted(String source, CounterSum counters) implements SignalQuery {}

  /**
   * Issues of a Sentry project that match a search.
   *
   * @param count what is counted of them
   */
  record SentryIssues(String source, String project, String search, Count count)
      implements SignalQuery {}

  /**
   * Distinct users of new issues of a Sentry project, told apart by the flag states that events
   * carry; answered by {@link rollout.judge.Reading.Split}.
   *
   * @param since an issue is new when its life began here or later, whatever the window
   * @param flag the flag as events name it
   */
  record SentrySplit(String source, String project, String search, Instant since, String flag)
      implements SignalQuery {}

  /**
   * How many entries of a log match.
   *
   * @param index an index or a pattern
   * @param search in Lucene's syntax
   * @param alone no other count beside it shows that the log is written at all, so that zero needs
   *     a proof
   */
  record LogCount(String source, String index, String search, boolean alone)
      implements SignalQuery {}

  /**
   * Errors and requests of both arms, counted in one answer; answered by {@link
   * rollout.judge.Reading.Split}.
   *
   * @param flagField the field that lists the flags of a request
   * @param feature the flag as that field names it
   * @param errors in Lucene's syntax
   * @param requests in Lucene's syntax
   */
  record LogSplit(
      String source, String index, String flagField, String feature, String errors, String requests)
      implements SignalQuery {}

  /**
   * Which alerts fire now; a source of them cannot look back. Answered by {@link
   * rollout.judge.Reading.Firing}.
   *
   * @param matchers in Alertmanager's syntax
   */
  record FiringAlerts(String source, List<String> matchers) implements SignalQuery {
    public FiringAlerts {
      matchers = List.copyOf(matchers);
    }
  }

  /** What is counted of Sentry's issues. */
  enum Count {
    /** Issues whose life began in the window or after it. */
    NEW_ISSUES,
    /** Events in the window, over all issues. */
    EVENTS
  }
}
