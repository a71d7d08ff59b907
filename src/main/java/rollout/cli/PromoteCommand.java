package rollout.cli;

import picocli.CommandLine;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.plan.Stage;

/** {@code rollout promote}: the next stage now. */
@CommandLine.Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = "Skip the rest of the bake; never an approval, a hold, drift or a breach.")
final class PromoteCommand extends RequestCommand {
  @Override
  Input request(Session session, RolloutState state) {
    return new Input.Promote(session.machine().clock().instant(), session.actor(), reason);
  }

  @Override
  String done(Session session, RolloutState state) {
    return "The rest of stage "
        + state.stage().map(Stage::name).orElse("")
        + " of "
        + state.flag()
        + " is skipped.";
  }
}
