package rollout.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.core.Hindsight;
import rollout.plan.RolloutId;
import rollout.port.History;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.ExplainJson;
import rollout.report.ExplainText;

/** {@code rollout explain}: why this decision, recomputed from the journal alone. */
@CommandLine.Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Why something was decided: the evidence, and whether the same comes out of it again.")
final class ExplainCommand extends Command {
  @Parameters(index = "0", paramLabel = "FLAG", description = Command.FLAG)
  String flagName;

  @Parameters(
      index = "1",
      paramLabel = "SEQ",
      arity = "0..1",
      description =
          "The event, by its number in history; without it, the last that changed the course.")
  Optional<Integer> seq = Optional.empty();

  @Option(names = "--rollout", paramLabel = "ID", description = "This one, not the newest.")
  Optional<String> rollout = Optional.empty();

  @Option(names = "--all", description = "Every guardrail in full, also those that passed.")
  boolean all;

  @Override
  ExitCode run(Session session) throws PortException {
    RolloutId id = Rollouts.named(session, Optional.of(flagName), rollout);
    History history = session.store().journal().read(id);
    Hindsight hindsight = hindsight(session, history);
    if (session.options().isJson()) {
      session.print(ExplainJson.of(history, hindsight));
    } else {
      session
          .machine()
          .out()
          .print(
              ExplainText.of(
                  history,
                  hindsight,
                  session.machine().zone(),
                  all,
                  TerminalStyle.width(session),
                  TerminalStyle.style(session)));
    }
    return ExitCode.OK;
  }

  private Hindsight hindsight(Session session, History history) {
    try {
      return Hindsight.of(
          history.events(), seq.orElseGet(() -> Hindsight.lastTurn(history.events())));
    } catch (IllegalArgumentException absent) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "Rollout "
              + history.rollout()
              + ": "
              + absent.getMessage()
              + ". See: "
              + session.invocation().line("history", flagName),
          absent);
    }
  }
}
