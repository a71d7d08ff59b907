package rollout.config;

import java.util.List;
import rollout.plan.Plan;

/** Warns of what works but a person would regret; asked only of files without errors. */
final class Lint {
  private Lint() {}

  static void check(Spec file, Plan plan, List<QueryText> queries, Problems problems) {
    new StageLint(file, plan, problems).check();
    new ServerLint(file, problems).check();
    new SettingsLint(file, plan, problems).check();
    new CompareLint(file, plan, problems).check();
    new ConditionLint(file, plan, problems).check();
    new PlaceholderLint(file, plan, problems).check(queries);
    new PromqlLint(file, problems).check(queries);
  }
}
