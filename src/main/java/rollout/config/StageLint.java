package rollout.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import rollout.plan.Plan;
import rollout.plan.Stage;

/** Warns of stages in an order, or with an exposure, that a person would regret. */
final class StageLint {
  private static final int STEEPEST = 10;

  /** What environments are called, from the harmless to the grave. */
  private static final List<Pattern> RANKS =
      List.of(
          Pattern.compile("dev|test|local|sandbox|review"),
          Pattern.compile("stag|stg|\\bpre\\b|canary|\\bqa\\b"),
          Pattern.compile("prod|prd|\\blive\\b"));

  private final Spec file;
  private final Plan plan;
  private final Problems problems;
  private final BakeLint bakes;

  StageLint(Spec file, Plan plan, Problems problems) {
    this.file = file;
    this.plan = plan;
    this.problems = problems;
    this.bakes = new BakeLint(plan, problems);
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
        rising(latest(before, stage), stage, spec);
        stage.environments().forEach(environment -> before.put(environment, stage));
      }
      for (String environment : stage.environments()) {
        gravest = order(gravest, environment, spec);
      }
      bakes.check(stage, spec);
    }
  }

  /** The stage before in one of the same environments that exposed most. */
  private static Optional<Stage> latest(Map<String, Stage> before, Stage stage) {
    return stage.environments().stream()
        .flatMap(environment -> Optional.ofNullable(before.get(environment)).stream())
        .max((a, b) -> a.exposure().compareTo(b.exposure()));
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
              + stage.place());
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
}
