package rollout.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import rollout.plan.Durations;
import rollout.plan.ExposureCheck;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;

/** Warns of stages in an order or of a length that a person would regret. */
final class StageLint {
  private static final int STEEPEST = 10;
  private static final int FEWEST_LOOKS = 3;

  /** What environments are called, from the harmless to the grave. */
  private static final List<Pattern> RANKS =
      List.of(
          Pattern.compile("dev|test|local|sandbox|review"),
          Pattern.compile("stag|stg|\\bpre\\b|canary|\\bqa\\b"),
          Pattern.compile("prod|prd|\\blive\\b"));

  private final Spec file;
  private final Plan plan;
  private final Problems problems;

  StageLint(Spec file, Plan plan, Problems problems) {
    this.file = file;
    this.plan = plan;
    this.problems = problems;
  }

  void check() {
    Map<String, Stage> before = new HashMap<>();
    String gravest = "";
    List<Spec> specs = file.items("stages");
    for (int i = 0; i < specs.size(); i++) {
      Stage stage = plan.stages().get(i);
      Spec spec = specs.get(i);
      if (spec.percentage("exposure").isPresent()) {
        named(stage, spec);
        rising(Optional.ofNullable(before.put(stage.environment(), stage)), stage, spec);
      }
      gravest = order(gravest, stage.environment(), spec);
      bake(stage, spec);
    }
  }

  private void named(Stage stage, Spec spec) {
    boolean saysFull = stage.name().toLowerCase(Locale.ROOT).matches(".*(full|everybody|100).*");
    if (saysFull && !stage.exposure().isFull()) {
      problems.warning(
          spec.originOf("exposure"),
          "stage " + stage.name() + " sets " + stage.exposure() + "; its name says 100%");
    }
  }

  private void rising(Optional<Stage> before, Stage stage, Spec spec) {
    if (before.isEmpty()) {
      return;
    }
    Stage lower = before.get();
    if (stage.exposure().compareTo(lower.exposure()) <= 0) {
      problems.warning(
          spec.originOf("exposure"),
          "stage "
              + stage.name()
              + " sets "
              + stage.exposure()
              + ", no more than stage "
              + lower.name()
              + " ("
              + lower.exposure()
              + ") in "
              + stage.environment());
    } else if (stage.exposure().share().fraction() > STEEPEST * share(lower)) {
      problems.warning(
          spec.originOf("exposure"),
          "from "
              + lower.exposure()
              + " to "
              + stage.exposure()
              + " is more than ×"
              + STEEPEST
              + "; a stage between them would meet trouble while it is small");
    }
  }

  private static double share(Stage stage) {
    return stage.exposure().share().fraction();
  }

  /** The graver of two environments; an order that meets the grave one first is a risk. */
  private String order(String gravest, String environment, Spec spec) {
    if (rank(environment) < 0 || rank(environment) >= rank(gravest)) {
      return rank(environment) < 0 ? gravest : environment;
    }
    problems.warning(
        spec.originOf("environment"),
        environment + " comes after " + gravest + "; raise it first, where trouble hurts less");
    return gravest;
  }

  private static int rank(String environment) {
    String name = environment.toLowerCase(Locale.ROOT);
    for (int rank = RANKS.size() - 1; rank >= 0; rank--) {
      if (RANKS.get(rank).matcher(name).find()) {
        return rank;
      }
    }
    return -1;
  }

  private void bake(Stage stage, Spec spec) {
    boolean watched = !stage.guardrails().isEmpty() || plan.exposureCheck().isPresent();
    if (!watched) {
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
