package rollout.plan;

import java.util.Optional;

/** Where a {@code compare} guardrail reads its counts: requests that saw the flag, and others. */
public sealed interface Arms permits Arms.Logs, Arms.Series, Arms.NewIssues {
  /** Whether requests without the flag are counted beside those with it. */
  default boolean hasControl() {
    return true;
  }

  /** Whether a sibling that is not behind the flag is counted too. */
  default boolean hasReference() {
    return false;
  }

  /**
   * Entries of a log. The treated ones hold the flag's name in a field, the control does not.
   *
   * @param flagField the field that lists the flags of a request
   * @param errors a Lucene search for failed requests
   * @param requests a Lucene search for all requests
   */
  record Logs(String flagField, String errors, String requests) implements Arms {}

  /**
   * Series of Prometheus, one pair an arm.
   *
   * @param treatment requests with the flag on; at 100 % all requests
   * @param control requests with the flag off
   * @param reference requests of a sibling that is not behind the flag
   */
  record Series(Pair treatment, Optional<Pair> control, Optional<Pair> reference) implements Arms {
    @Override
    public boolean hasControl() {
      return control.isPresent();
    }

    @Override
    public boolean hasReference() {
      return reference.isPresent();
    }
  }

  /**
   * Distinct users of Sentry issues that are new since the start, told apart by the flag states
   * that events carry.
   *
   * @param query an issue search
   */
  record NewIssues(String project, String query) implements Arms {}

  /** Two PromQL templates that count. */
  record Pair(String errors, String requests) {}
}
