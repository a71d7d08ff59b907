package rollout.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.core.Decider;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Observer;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.report.ExitCode;

/** What a person asks of a rollout through the journal, whoever drives it. */
abstract class RequestCommand extends Command {
  @Parameters(paramLabel = "FLAG", description = Command.FLAG)
  String flagName;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal.")
  Optional<String> reason = Optional.empty();

  /** The request, made for the rollout as it is. */
  abstract Input request(Session session, RolloutState state);

  /** What is said when it was taken. */
  abstract String done(Session session, RolloutState state);

  @Override
  final ExitCode run(Session session) throws PortException {
    FlagName flag = Session.flag(flagName);
    RolloutId rollout = session.newest(flag, Journal.Kind.REAL);
    Desk desk = Desk.open(session.store().journal(), rollout, Observer.NONE);
    Optional<String> refusal =
        desk.request(state -> Decider.decide(state, request(session, state)));
    if (refusal.isPresent()) {
      throw new CommandFailure(
          ExitCode.REFUSED, "Refused, nothing was changed: " + refusal.get() + ".");
    }
    session.note(done(session, desk.state()));
    return Finish.print(
        session, session.machine().clock(), ExitCode.OK, java.util.List.of(desk.state()));
  }
}
