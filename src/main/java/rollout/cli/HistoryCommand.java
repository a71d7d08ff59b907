package rollout.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.plan.RolloutId;
import rollout.port.History;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.HistoryJson;
import rollout.report.HistoryText;

/** {@code rollout history}: every event. */
@CommandLine.Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Every event of a rollout.")
final class HistoryCommand extends Command {
  @Parameters(paramLabel = "FLAG", arity = "0..1", description = Command.FLAG)
  Optional<String> flagName = Optional.empty();

  @Option(names = "--rollout", paramLabel = "ID", description = "This one, not the newest.")
  Optional<String> rollout = Optional.empty();

  @Option(names = "--all", description = "Every look, also those in which nothing happened.")
  boolean all;

  @Override
  ExitCode run(Session session) throws PortException {
    if (flagName.isEmpty() && rollout.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "history takes a FLAG, or --rollout ID.");
    }
    RolloutId id = Rollouts.named(session, flagName, rollout);
    History history = session.store().journal().read(id);
    if (session.options().isJson()) {
      session.print(HistoryJson.of(history));
    } else {
      session
          .machine()
          .out()
          .print(
              HistoryText.of(
                  history,
                  session.machine().zone(),
                  all,
                  TerminalStyle.tableWidth(session),
                  TerminalStyle.style(session)));
    }
    return ExitCode.OK;
  }
}
