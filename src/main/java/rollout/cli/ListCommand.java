package rollout.cli;

import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import rollout.core.RolloutState;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.ListJson;
import rollout.report.ListText;

/** {@code rollout list}: all rollouts. */
@CommandLine.Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "All rollouts of this state, the newest first.")
final class ListCommand extends Command {
  @Override
  ExitCode run(Session session) throws PortException {
    List<RolloutState> states = Rollouts.all(session);
    Instant now = session.machine().clock().instant();
    if (session.options().isJson()) {
      session.print(ListJson.of(states, now));
    } else {
      session
          .machine()
          .out()
          .print(
              ListText.of(
                  states,
                  now,
                  session.machine().zone(),
                  Looks.tableWidth(session),
                  Looks.style(session)));
    }
    return ExitCode.OK;
  }
}
