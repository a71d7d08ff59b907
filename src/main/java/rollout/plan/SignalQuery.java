package rollout.plan;

/** A question to a source, with every placeholder filled in. */
public sealed interface SignalQuery permits SignalQuery.Promql, SignalQuery.SentryIssues {
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
   * Issues of a Sentry project that match a search.
   *
   * @param count what is counted of them
   */
  record SentryIssues(String source, String project, String search, Count count)
      implements SignalQuery {}

  /** What is counted of Sentry's issues. */
  enum Count {
    /** Issues whose life began in the window or after it. */
    NEW_ISSUES,
    /** Events in the window, over all issues. */
    EVENTS
  }
}
