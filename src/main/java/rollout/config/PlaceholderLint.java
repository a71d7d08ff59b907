package rollout.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.plan.Template;

/** Warns of placeholders that nothing fills, and of queries that cannot tell environments apart. */
final class PlaceholderLint {
  /** Stands for any flag where the file lists none. */
  private static final String ANY_FLAG = "any_flag";

  private final Spec file;
  private final Plan plan;
  private final Problems problems;

  PlaceholderLint(Spec file, Plan plan, Problems problems) {
    this.file = file;
    this.plan = plan;
    this.problems = problems;
  }

  void check(List<QueryText> queries) {
    List<String> flags = new ArrayList<>(plan.flags().keySet());
    if (flags.isEmpty()) {
      flags.add(ANY_FLAG);
    }
    for (QueryText query : queries) {
      flags.forEach(flag -> open(query, flag));
      same(query);
    }
    links();
  }

  private void open(QueryText query, String flag) {
    String forFlag = flag.equals(ANY_FLAG) ? "" : " for " + flag;
    for (String wrong : new OpenPlaceholders(plan, new FlagName(flag)).in(query)) {
      problems.warning(
          query.origin(), query.key() + ": " + wrong + forFlag + "; add it to variables");
    }
  }

  /** A link's placeholders may be filled by any environment or flag: it belongs to none. */
  private void links() {
    Set<String> known = new HashSet<>(Placeholders.OWN);
    known.addAll(plan.variables().keySet());
    plan.environments().forEach(environment -> known.addAll(environment.variables().keySet()));
    plan.flags().values().forEach(flag -> known.addAll(flag.variables().keySet()));
    Spec links = file.section("links");
    for (YamlNode.Entry link : links.node().entries()) {
      for (String name : Template.placeholders(links.text(link.key()).orElse(""))) {
        if (!known.contains(name)) {
          problems.warning(
              link.value().origin(),
              "link " + link.key() + ": nothing fills {{" + name + "}}; add it to variables");
        }
      }
    }
  }

  private void same(QueryText query) {
    if (query.language() == Template.Language.INDEX) {
      return; // it is looked at with each search
    }
    Set<String> asked = new LinkedHashSet<>();
    for (Stage stage : plan.stages()) {
      if (OpenPlaceholders.asks(stage, query.owner())) {
        asked.addAll(stage.environments());
      }
    }
    List<String> environments = List.copyOf(asked);
    for (int i = 1; i < environments.size(); i++) {
      if (alike(query, environments.get(i - 1), environments.get(i))) {
        problems.warning(
            query.origin(),
            query.key()
                + " asks the same for "
                + environments.get(i - 1)
                + " and "
                + environments.get(i)
                + "; a placeholder from environments.ENV.variables would tell them apart");
        return;
      }
    }
  }

  private boolean alike(QueryText query, String one, String other) {
    Map<String, String> first = plan.environment(one).variables();
    Map<String, String> second = plan.environment(other).variables();
    return Template.placeholders(query.whole()).stream()
        .allMatch(name -> Objects.equals(first.get(name), second.get(name)));
  }
}
