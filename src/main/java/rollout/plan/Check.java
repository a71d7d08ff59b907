package rollout.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a guardrail asks its source for, and what it holds the answer against. */
public sealed interface Check
    permits Check.Ratio, Check.Value, Check.NewIssues, Check.Events, Check.Alerts, Check.Compare {
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

  /**
   * Alerts that fire.
   *
   * @param matchers templates in Alertmanager's syntax, such as {@code type="gitaly"}; all of them
   *     must match
   * @param max breached strictly above
   */
  record Alerts(List<String> matchers, double max) implements Check {
    public Alerts {
      matchers = List.copyOf(matchers);
    }
  }

  /**
   * The sequential test: whether the requests that saw the flag fail more often than those that did
   * not.
   *
   * @param arms where the counts come from
   * @param tolerance how much worse is still fine
   * @param withoutControl what a breach leads to where everybody sees the flag
   */
  record Compare(Arms arms, Tolerance tolerance, WithoutControl withoutControl) implements Check {
    /** Whether some requests have the flag off in a stage with this exposure, and are counted. */
    public boolean isControlledAt(Exposure exposure) {
      return arms.hasControl() && !exposure.isFull();
    }

    /** The ratio of error rates that is no harm yet in a stage with this exposure. */
    public double toleratedAt(Exposure exposure) {
      if (isControlledAt(exposure)) {
        return tolerance.concurrent();
      }
      return arms.hasReference() ? tolerance.reference() : tolerance.history();
    }

    /**
     * Whether a stage with this exposure can be asked to wait until harm of so many times would
     * have been seen: not when that is tolerated, and not of what is new, whose usual rate is none.
     */
    public boolean canDetect(double times, Exposure exposure) {
      return !(arms instanceof Arms.NewIssues) && toleratedAt(exposure) < times;
    }
  }
}
