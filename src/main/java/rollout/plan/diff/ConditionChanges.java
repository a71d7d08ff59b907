package rollout.plan.diff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rollout.plan.OpenHours;
import rollout.plan.RaiseConditions;

/** What must be so before exposure rises: one condition fewer, or another one, loosens. */
final class ConditionChanges {
  private ConditionChanges() {}

  static List<Change> between(RaiseConditions before, RaiseConditions after) {
    List<Change> changes = new ArrayList<>();
    windows(before.windows(), after.windows(), changes);
    add("preflight.incidents", before.incidents(), after.incidents(), changes);
    add("preflight.freeze", before.freeze(), after.freeze(), changes);
    return changes;
  }

  private static void windows(
      Map<String, OpenHours> before, Map<String, OpenHours> after, List<Change> changes) {
    Set<String> environments = new LinkedHashSet<>(before.keySet());
    environments.addAll(after.keySet());
    for (String environment : environments) {
      add(
          "windows." + environment,
          Optional.ofNullable(before.get(environment)),
          Optional.ofNullable(after.get(environment)),
          changes);
    }
  }

  /** Of two that differ nothing proves that the other one is as strict. */
  private static void add(
      String name, Optional<?> before, Optional<?> after, List<Change> changes) {
    if (!before.equals(after)) {
      String words = name + ": " + words(before) + " → " + words(after);
      changes.add(new Change(words, before.isPresent()));
    }
  }

  private static String words(Optional<?> condition) {
    return condition.map(Object::toString).orElse("none");
  }
}
