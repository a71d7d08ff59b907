package rollout.config;

import java.time.Duration;
import rollout.plan.Durations;
import rollout.plan.ExposureCheck;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;

/** Warns of bakes in which too little can be seen. */
final class BakeLint {
  private static final int FEWEST_LOOKS = 3;

  private final Plan plan;
  private final Problems problems;

  BakeLint(Plan plan, Problems problems) {
    this.plan = plan;
    this.problems = problems;
  }

  void check(Stage stage, Spec spec) {
    boolean checked = OpenPlaceholders.asks(stage, ExposureCheck.NAME);
    boolean watched = checked && plan.exposureCheck().isPresent();
    if (stage.guardrails().isEmpty() && !watched) {
      return;
    }
    Duration three = stage.interval().multipliedBy(FEWEST_LOOKS);
    if (stage.bake().compareTo(three) < 0) {
      problems.warning(
          spec.originOf("bake"),
          called(stage) + "holds fewer than three looks; bake at least " + Durations.format(three));
    }
    for (String name : stage.guardrails()) {
      Guardrail guardrail = plan.guardrail(name);
      window(stage, spec, name, guardrail.windowFor(stage.interval()));
      gap(stage, spec, guardrail);
    }
    plan.exposureCheck()
        .filter(check -> checked)
        .ifPresent(check -> window(stage, spec, ExposureCheck.NAME, check.window()));
  }

  private void window(Stage stage, Spec spec, String name, Duration window) {
    if (stage.bake().compareTo(window) < 0) {
      problems.warning(
          spec.originOf("bake"),
          called(stage)
              + "is shorter than the window of "
              + name
              + " ("
              + Durations.format(window)
              + "): no look would be full");
    }
  }

  /** A window of half the interval is a sample; less leaves most of the time unseen. */
  private void gap(Stage stage, Spec spec, Guardrail guardrail) {
    Duration window = guardrail.windowFor(stage.interval());
    if (window.multipliedBy(2).compareTo(stage.interval()) < 0) {
      problems.warning(
          spec.originOf("interval"),
          guardrail.name()
              + " sees "
              + Durations.format(window)
              + " of every "
              + Durations.format(stage.interval())
              + "; look more often, or leave its window out");
    }
  }

  private static String called(Stage stage) {
    return "bake " + Durations.format(stage.bake()) + " of stage " + stage.name() + " ";
  }
}
