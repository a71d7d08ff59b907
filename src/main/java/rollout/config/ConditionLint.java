package rollout.config;

import java.time.Duration;
import rollout.plan.Durations;
import rollout.plan.OpenHours;
import rollout.plan.Plan;

/** Warns of windows and incidents that hold more, less, or at other hours than was meant. */
final class ConditionLint {
  private static final String HOURS = "hours";

  private final Spec file;
  private final Plan plan;
  private final Problems problems;

  ConditionLint(Spec file, Plan plan, Problems problems) {
    this.file = file;
    this.plan = plan;
    this.problems = problems;
  }

  void check() {
    file.named("windows").forEach(this::window);
    Spec incidents = file.section("preflight").section("incidents");
    if (incidents.has("labels") && incidents.texts("labels").isEmpty()) {
      problems.warning(
          incidents.originOf("labels"),
          "labels is empty: every open incident holds every raise, whatever its severity");
    }
  }

  private void window(Spec spec) {
    OpenHours hours = plan.conditions().window(spec.name());
    if (plan.stages().stream().noneMatch(one -> one.isIn(spec.name()))) {
      problems.warning(
          spec.origin(), "no stage is in " + spec.name() + ", so this window limits nothing");
    }
    if (hours.isOvernight()) {
      problems.warning(
          spec.originOf(HOURS),
          "hours " + spec.text(HOURS).orElseThrow() + " end on the next morning; is that meant?");
    }
    Duration propagation = plan.safety().propagation();
    if (hours.length().compareTo(propagation) <= 0) {
      problems.warning(
          spec.originOf(HOURS),
          "open for "
              + Durations.format(hours.length())
              + " only: the marker and the first raise, "
              + Durations.format(propagation)
              + " later, do not fit into one day");
    }
  }
}
