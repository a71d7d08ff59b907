package rollout.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.report.ExitCode;
import rollout.sandbox.Scenario;

/**
 * One scripted harm.
 *
 * @param name as people wrote it, without the stage
 * @param stage where it begins
 * @param harmful whether it should be stopped
 */
record Harm(String name, Stage stage, boolean harmful, Scenario scenario) {
  /** In the order they are tried. */
  static final List<String> NAMES =
      List.of("step", "ramp", "latency", "new-issue", "transient", "shared");

  private static final Set<String> HARMLESS = Set.of("transient", "shared");
  private static final Map<String, String> SCENARIOS = Map.of("step", "errors");

  /**
   * Reads {@code step}, {@code step:5x}, {@code step@mid} or {@code step:5x@mid}.
   *
   * @param stages where it begins when the text names none; one harm for each
   * @throws CommandFailure (2) when it is none of these
   */
  static List<Harm> parse(String text, Plan plan, List<Stage> stages) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    String kind = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    if (!NAMES.contains(kind)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "There is no harm \"" + kind + "\"; it is one of " + String.join(", ", NAMES) + ".");
    }
    String scenario = SCENARIOS.getOrDefault(kind, kind) + name.substring(kind.length());
    List<String> where =
        at < 0 ? stages.stream().map(Stage::name).toList() : List.of(text.substring(at + 1));
    return where.stream().map(stage -> of(name, kind, scenario + "@" + stage, plan)).toList();
  }

  private static Harm of(String name, String kind, String text, Plan plan) {
    try {
      Scenario scenario = Scenario.parse(text, plan);
      return new Harm(name, scenario.stage().orElseThrow(), !HARMLESS.contains(kind), scenario);
    } catch (IllegalArgumentException unknown) {
      throw new CommandFailure(ExitCode.USAGE, unknown.getMessage(), unknown);
    }
  }

  @Override
  public String toString() {
    return name + "@" + stage.name();
  }
}
