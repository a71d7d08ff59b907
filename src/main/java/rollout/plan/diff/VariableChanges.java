package rollout.plan.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import rollout.plan.FlagName;
import rollout.plan.FlagSettings;
import rollout.plan.Plan;

/** Values of placeholders: they change what is asked, so that nothing proves them as strict. */
final class VariableChanges {
  private static final FlagSettings NONE = new FlagSettings(Map.of());

  private VariableChanges() {}

  /** Those of the plan, of this flag and of the command line; other flags are not rolled out. */
  static List<Change> between(Plan before, Plan after, FlagName flag) {
    List<Change> changes = new ArrayList<>();
    changes.addAll(between("variables", before.variables(), after.variables()));
    changes.addAll(
        between(
            "flag " + flag,
            before.flags().getOrDefault(flag.value(), NONE).variables(),
            after.flags().getOrDefault(flag.value(), NONE).variables()));
    changes.addAll(between("--var", before.overrides(), after.overrides()));
    return changes;
  }

  static List<Change> between(
      String subject, Map<String, String> before, Map<String, String> after) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream()
        .filter(name -> !word(before, name).equals(word(after, name)))
        .map(name -> subject + ": " + name + " " + word(before, name) + " → " + word(after, name))
        .map(words -> new Change(words, true))
        .toList();
  }

  private static String word(Map<String, String> values, String name) {
    return values.containsKey(name) ? Words.quoted(values.get(name)) : "none";
  }
}
