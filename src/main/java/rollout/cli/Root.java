package rollout.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rollout} without a command. */
@Command(
    name = "rollout",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Takes a feature flag from off to on for everybody, in stages, on evidence.",
    description =
        "It watches Prometheus and Sentry all through each stage and takes the flag back by itself.",
    footer = {
      "",
      "Begin:       rollout start gitaly_commit_stats --sandbox   (no account needed)",
      "Switch off:  rollout abort FLAG                            (needs only a url and a token)"
    },
    subcommands = {
      StartCommand.class,
      StageCommand.class,
      TickCommand.class,
      ResumeCommand.class,
      HoldCommand.class,
      ApproveCommand.class,
      PromoteCommand.class,
      ReplanCommand.class,
      AbortCommand.class,
      StatusCommand.class,
      ListCommand.class,
      HistoryCommand.class,
      ExplainCommand.class,
      PlanCommand.class,
      LintCommand.class,
      BacktestCommand.class,
      RehearseCommand.class,
      DoctorCommand.class,
      AuditCommand.class,
      SandboxCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
final class Root implements Runnable {
  @Mixin GlobalOptions options;
  @Spec CommandSpec spec;
  private final Machine machine;

  Root(Machine machine) {
    this.machine = machine;
  }

  /** What the command that is run works with. */
  Session session() {
    return new Session(machine, options);
  }

  Machine machine() {
    return machine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
