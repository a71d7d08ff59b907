package rollout.cli;

import java.util.List;
import picocli.CommandLine;
import rollout.core.RolloutState;
import rollout.port.PortException;
import rollout.report.ExitCode;

/** {@code rollout list}: all rollouts. */
@CommandLine.Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "All rollouts of this state, the newest first.")
final class ListCommand extends Command {
  @Override
  ExitCode run(Session session) throws PortException {
    List<RolloutState> states = Rollouts.all(session);
    Rollouts.print(session, states);
    return ExitCode.OK;
  }
}
