package rollout.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import rollout.report.ExitCode;

/** {@code rollout completion}: a script for bash and zsh. */
@CommandLine.Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print a completion script for bash or zsh.",
      "Use it at once: source <(rollout completion)"
    })
final class CompletionCommand extends Command {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  ExitCode run(Session session) {
    session.machine().out().print(AutoComplete.bash("rollout", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
