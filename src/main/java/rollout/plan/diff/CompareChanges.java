package rollout.plan.diff;

import static rollout.plan.diff.Loosening.ifLarger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Tolerance;

/** What a comparison counts on either side, and how much worse is fine. */
final class CompareChanges {
  private static final List<Key<Arms.Logs, ?>> LOGS =
      List.of(
          Key.asked("flag_field", Arms.Logs::flagField),
          Key.asked("errors", Arms.Logs::errors),
          Key.asked("requests", Arms.Logs::requests));

  private static final List<Key<Arms.Series, ?>> SERIES =
      List.of(
          Key.asked("treatment", series -> words(series.treatment())),
          Key.asked("control", series -> words(series.control())),
          Key.asked("reference", series -> words(series.reference())));

  private static final List<Key<Arms.NewIssues, ?>> NEW_ISSUES =
      List.of(
          Key.asked("project", Arms.NewIssues::project), Key.asked("query", Arms.NewIssues::query));

  private static final List<Key<Tolerance, ?>> TOLERANCE =
      List.of(
          tolerated("tolerate", Tolerance::concurrent),
          tolerated("tolerate_reference", Tolerance::reference),
          tolerated("tolerate_history", Tolerance::history));

  /** Nothing proves which of a step-back and a rollback is the stricter answer. */
  private static final List<Key<Check.Compare, ?>> REST =
      List.of(
          new Key<>(
              "on_breach_without_control",
              Check.Compare::withoutControl,
              Words::of,
              Loosening.always()));

  private CompareChanges() {}

  static List<Change> between(String subject, Check.Compare before, Check.Compare after) {
    List<Change> changes = new ArrayList<>(arms(subject, before.arms(), after.arms()));
    changes.addAll(Key.between(subject, TOLERANCE, before.tolerance(), after.tolerance()));
    changes.addAll(Key.between(subject, REST, before, after));
    return changes;
  }

  private static List<Change> arms(String subject, Arms before, Arms after) {
    if (before instanceof Arms.Logs was && after instanceof Arms.Logs is) {
      return Key.between(subject, LOGS, was, is);
    } else if (before instanceof Arms.Series was && after instanceof Arms.Series is) {
      return Key.between(subject, SERIES, was, is);
    } else if (before instanceof Arms.NewIssues was && after instanceof Arms.NewIssues is) {
      return Key.between(subject, NEW_ISSUES, was, is);
    }
    return List.of(new Change(subject + ": compares by other counts", true));
  }

  private static Key<Tolerance, Double> tolerated(
      String name, java.util.function.Function<Tolerance, Double> value) {
    return new Key<>(name, value, ratio -> Words.share(ratio - 1), ifLarger());
  }

  private static String words(Optional<Arms.Pair> pair) {
    return pair.map(CompareChanges::words).orElse("none");
  }

  private static String words(Arms.Pair pair) {
    return pair.errors() + " of " + pair.requests();
  }
}
