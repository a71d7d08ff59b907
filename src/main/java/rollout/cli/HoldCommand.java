package rollout.cli;

import picocli.CommandLine;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.RolloutState;

/** {@code rollout hold}: stop advancing, keep watching. */
@CommandLine.Command(
    name = "hold",
    mixinStandardHelpOptions = true,
    description = "Stop a rollout from advancing; it is watched on.")
final class HoldCommand extends RequestCommand {
  @Override
  Input request(Session session, RolloutState state) {
    return new Input.Hold(
        session.machine().clock().instant(),
        HoldKind.PERSON,
        reason.orElse("held by " + session.actor()),
        session.actor());
  }

  @Override
  String done(Session session, RolloutState state) {
    return state.flag()
        + " is held: it stays at its exposure and is watched on. Go on: "
        + session.invocation().line("resume", state.flag().value());
  }
}
