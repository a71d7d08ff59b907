package rollout.plan;

import java.time.Duration;
import java.util.Optional;

/** What a threshold guardrail asks its source for, and where the limit lies. */
public sealed interface Check permits Check.Ratio, Check.Value, Check.NewIssues, Check.Events {
  /**
   * The share of errors in requests, from two PromQL templates.
   *
   * @param maxRatio breached strictly above; 0.01 is 1 %
   * @param minRequests in the window; fewer are no evidence
   * @param minErrors fewer are never a breach
   */
  record Ratio(String errors, String requests, double maxRatio, long minRequests, long minErrors)
      implements Check {}

  /**
   * One number from a PromQL template. At least one limit is present.
   *
   * @param max breached strictly above
   * @param min breached strictly below
   */
  record Value(String query, Optional<Double> max, Optional<Double> min) implements Check {}

  /**
   * Sentry issues first seen since the raise was confirmed, or in the window when one is given.
   *
   * @param max breached strictly above
   */
  record NewIssues(String project, String query, double max) implements Check {}

  /**
   * Sentry events in the window. Exactly one limit is present.
   *
   * @param max breached strictly above
   * @param maxRatioToBaseline breached strictly above this multiple of the baseline's events
   * @param baseline how much earlier the window to compare with lies
   * @param minEvents fewer are never a breach
   */
  record Events(
      String project,
      String query,
      Optional<Double> max,
      Optional<Double> maxRatioToBaseline,
      Duration baseline,
      long minEvents)
      implements Check {}
}
