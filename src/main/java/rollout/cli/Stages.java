package rollout.cli;

import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.report.ExitCode;

/** Names of stages on the command line. */
final class Stages {
  private Stages() {}

  /**
   * The place of a stage in the plan.
   *
   * @throws CommandFailure (2) when it has none of this name
   */
  static int require(Plan plan, String stage) {
    return plan.indexOf(stage)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "The plan has no stage \""
                        + stage
                        + "\"; it has "
                        + String.join(", ", plan.stages().stream().map(Stage::name).toList())
                        + "."));
  }
}
