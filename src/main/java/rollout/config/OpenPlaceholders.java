package rollout.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.plan.Template;

/**
 * Finds the placeholders of a plan's queries that nothing fills, or not with what may stand there.
 */
final class OpenPlaceholders {
  private final Plan plan;
  private final FlagName flag;

  /**
   * @param plan with the values from the command line in it
   */
  OpenPlaceholders(Plan plan, FlagName flag) {
    this.plan = plan;
    this.flag = flag;
  }

  /** What is wrong with a query in each environment whose stages ask it. */
  List<String> in(QueryText query) {
    List<String> wrong = new ArrayList<>();
    for (String environment : environments(query)) {
      complaint(query, environment).ifPresent(wrong::add);
    }
    return wrong;
  }

  private Optional<String> complaint(QueryText query, String environment) {
    Map<String, String> values = new TreeMap<>(plan.values(flag, environment));
    if (query.isPromql()) {
      values.put(Template.WINDOW, "1m");
    }
    List<String> open =
        Template.placeholders(query.template()).stream()
            .filter(name -> !values.containsKey(name))
            .toList();
    if (!open.isEmpty()) {
      return Optional.of(
          "nothing fills {{" + String.join("}}, {{", open) + "}} in environment " + environment);
    }
    try {
      Template.render(query.template(), values, query.language());
      return Optional.empty();
    } catch (IllegalArgumentException unwritable) {
      return Optional.of(unwritable.getMessage() + ", in environment " + environment);
    }
  }

  private List<String> environments(QueryText query) {
    return plan.stages().stream()
        .filter(stage -> asks(stage, query.owner()))
        .flatMap(stage -> stage.environments().stream())
        .distinct()
        .toList();
  }

  /** Whether a stage asks the queries of this guardrail, or of the exposure check. */
  static boolean asks(Stage stage, String owner) {
    return owner.equals(ExposureCheck.NAME)
        ? !stage.unguarded()
        : stage.guardrails().contains(owner);
  }
}
