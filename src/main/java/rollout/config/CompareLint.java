package rollout.config;

import java.util.List;
import rollout.plan.Check;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.plan.WithoutControl;

/** Warns of comparisons that will say little, or too much. */
final class CompareLint {
  /** So many share the budget of false alarms without any of them getting slow. */
  private static final int MANY = 3;

  private final Spec file;
  private final Plan plan;
  private final Problems problems;

  CompareLint(Spec file, Plan plan, Problems problems) {
    this.file = file;
    this.plan = plan;
    this.problems = problems;
  }

  void check() {
    plan.stages().forEach(this::detectable);
    List<Guardrail> used = plan.guardrails().stream().filter(this::isUsed).toList();
    for (Guardrail guardrail : used) {
      control(guardrail, (Check.Compare) guardrail.check());
    }
    if (used.size() > MANY) {
      problems.warning(
          file.section("judgement").originOf("false_rollback"),
          "false_rollback is split over "
              + used.size()
              + " guardrails of type compare: each needs that much more evidence; compare what"
              + " matters, and give the rest a threshold");
    }
  }

  /** Harm that is tolerated is never found, however long a stage is extended. */
  private void detectable(Stage stage) {
    List<Guardrail> comparing =
        plan.guardrails().stream()
            .filter(one -> watches(stage, one) && one.check() instanceof Check.Compare)
            .toList();
    boolean never =
        stage
            .requireDetectable()
            .filter(times -> comparing.stream().noneMatch(one -> canDetect(one, times, stage)))
            .isPresent();
    if (never) {
      Spec spec = file.items("stages").get(plan.stages().indexOf(stage));
      problems.warning(
          spec.has("require_detectable")
              ? spec.originOf("require_detectable")
              : spec.section("bake").originOf("until_detectable"),
          comparing.isEmpty()
              ? "no guardrail of type compare watches stage "
                  + stage.name()
                  + ", so nothing is detected; the stage does not wait for it"
              : "nothing that watches stage "
                  + stage.name()
                  + " could ever tell so little harm from what it tolerates; the stage does not"
                  + " wait for it");
    }
  }

  private static boolean canDetect(Guardrail guardrail, double times, Stage stage) {
    return ((Check.Compare) guardrail.check()).canDetect(times, stage.exposure());
  }

  private boolean isUsed(Guardrail guardrail) {
    return guardrail.check() instanceof Check.Compare
        && plan.stages().stream().anyMatch(stage -> watches(stage, guardrail));
  }

  private static boolean watches(Stage stage, Guardrail guardrail) {
    return stage.guardrails().contains(guardrail.name());
  }

  private void control(Guardrail guardrail, Check.Compare check) {
    boolean beside =
        plan.stages().stream()
            .filter(stage -> watches(stage, guardrail))
            .anyMatch(stage -> check.arms().hasControl() && !stage.exposure().isFull());
    boolean onlyHistory = !beside && !check.arms().hasReference();
    Spec spec = named(guardrail);
    if (onlyHistory) {
      problems.warning(
          spec.origin(),
          "guardrail "
              + guardrail.name()
              + " is compared with the week before alone: an incident that everybody sees looks"
              + " like harm; let it watch a stage below 100%, or give it a reference");
    } else if (check.withoutControl() == WithoutControl.ROLLBACK && !check.arms().hasReference()) {
      problems.warning(
          spec.originOf("on_breach_without_control"),
          "at 100% "
              + guardrail.name()
              + " is compared with the week before alone, and rolls back on it; step-back would ask"
              + " a control first");
    }
  }

  private Spec named(Guardrail guardrail) {
    return file.items("guardrails").stream()
        .filter(one -> one.name().equals(guardrail.name()))
        .findFirst()
        .orElseThrow();
  }
}
