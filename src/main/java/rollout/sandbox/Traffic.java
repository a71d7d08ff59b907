package rollout.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import rollout.plan.Check;
import rollout.plan.ExposureCheck;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;

/** How many calls a second each environment has. */
final class Traffic {
  /** Where the rollout ends: the environment everybody works in. */
  private static final double BUSY = 60;

  /** Where it is tried first. */
  private static final double QUIET = 4;

  /** Below this many checks the exposure check says nothing. */
  private static final double CHECKS = 1000;

  /** What a window holds, in multiples of what its guardrail must have seen. */
  private static final double AMPLE = 3;

  private Traffic() {}

  /**
   * Calls a second, on average over a day: a lot in the last stage's environment, little in the
   * others, and everywhere enough for the plan's own floors, so that a plan of milliseconds finds
   * its evidence too.
   */
  static double perSecond(Plan plan, String environment) {
    Stage last = plan.stages().get(plan.stages().size() - 1);
    double most = last.isIn(environment) ? BUSY : QUIET;
    for (double needed : needs(plan, environment)) {
      most = Math.max(most, AMPLE * needed);
    }
    return most;
  }

  private static List<Double> needs(Plan plan, String environment) {
    List<Double> needs = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      if (stage.isIn(environment)) {
        stage.guardrails().forEach(name -> add(needs, plan.guardrail(name), stage));
        plan.exposureCheck()
            .map(ExposureCheck::window)
            .ifPresent(window -> needs.add(CHECKS / seconds(window)));
      }
    }
    return needs;
  }

  private static void add(List<Double> needs, Guardrail guardrail, Stage stage) {
    if (guardrail.check() instanceof Check.Ratio ratio) {
      double floor = stage.minRequests().orElse(ratio.minRequests());
      double breach = ratio.maxRatio() > 0 ? ratio.minErrors() / ratio.maxRatio() : 0;
      needs.add(Math.max(floor, breach) / seconds(guardrail.windowFor(stage.interval())));
    }
  }

  private static double seconds(Duration duration) {
    return Math.max(1, duration.toMillis()) / 1000.0;
  }
}
