package rollout.plan.diff;

import static rollout.plan.diff.Loosening.always;
import static rollout.plan.diff.Loosening.ifLarger;
import static rollout.plan.diff.Loosening.ifSmaller;

import java.util.List;
import rollout.plan.Check;

/** What a guardrail asks for, and where its limit lies. */
final class CheckChanges {
  /** Fewer requests are thinner evidence for a pass; more hide a breach among few. */
  private static final List<Key<Check.Ratio, ?>> RATIO =
      List.of(
          Key.asked("errors", Check.Ratio::errors),
          Key.asked("requests", Check.Ratio::requests),
          new Key<>("max_ratio", Check.Ratio::maxRatio, Words::share, ifLarger()),
          Key.count("min_requests", Check.Ratio::minRequests, always()),
          Key.count("min_errors", Check.Ratio::minErrors, ifLarger()));

  private static final List<Key<Check.Value, ?>> VALUE =
      List.of(
          Key.asked("value", Check.Value::query),
          Key.limit("max", Check.Value::max, ifLarger()),
          Key.limit("min", Check.Value::min, ifSmaller()));

  private static final List<Key<Check.NewIssues, ?>> NEW_ISSUES =
      List.of(
          Key.asked("project", Check.NewIssues::project),
          Key.asked("query", Check.NewIssues::query),
          Key.number("max", Check.NewIssues::max, ifLarger()));

  private static final List<Key<Check.Events, ?>> EVENTS =
      List.of(
          Key.asked("project", Check.Events::project),
          Key.asked("query", Check.Events::query),
          Key.limit("max", Check.Events::max, ifLarger()),
          Key.limit("max_ratio_to_baseline", Check.Events::maxRatioToBaseline, ifLarger()),
          Key.duration("baseline", Check.Events::baseline, always()),
          Key.count("min_events", Check.Events::minEvents, ifLarger()));

  private static final List<Key<Check.Alerts, ?>> ALERTS =
      List.of(
          Key.asked("matchers", alerts -> String.join(", ", alerts.matchers())),
          Key.number("max", Check.Alerts::max, ifLarger()));

  private CheckChanges() {}

  static List<Change> between(String subject, Check before, Check after) {
    if (before instanceof Check.Ratio was && after instanceof Check.Ratio is) {
      return Key.between(subject, RATIO, was, is);
    } else if (before instanceof Check.Value was && after instanceof Check.Value is) {
      return Key.between(subject, VALUE, was, is);
    } else if (before instanceof Check.NewIssues was && after instanceof Check.NewIssues is) {
      return Key.between(subject, NEW_ISSUES, was, is);
    } else if (before instanceof Check.Events was && after instanceof Check.Events is) {
      return Key.between(subject, EVENTS, was, is);
    } else if (before instanceof Check.Compare was && after instanceof Check.Compare is) {
      return CompareChanges.between(subject, was, is);
    } else if (before instanceof Check.Alerts was && after instanceof Check.Alerts is) {
      return Key.between(subject, ALERTS, was, is);
    }
    return List.of(new Change(subject + ": counts " + kind(before) + " → " + kind(after), true));
  }

  static String kind(Check check) {
    if (check instanceof Check.Ratio) {
      return "errors among requests";
    } else if (check instanceof Check.Value) {
      return "one value";
    } else if (check instanceof Check.NewIssues) {
      return "new issues";
    } else if (check instanceof Check.Events) {
      return "events";
    } else if (check instanceof Check.Compare) {
      return "errors beside a control";
    } else if (check instanceof Check.Alerts) {
      return "alerts";
    }
    throw new AssertionError("no words for " + check);
  }
}
