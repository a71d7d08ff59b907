package rollout.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.plan.Stage;

/** {@code rollout approve}: the yes that a stage asks for. */
@CommandLine.Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = "Say the yes that a stage asks for.")
final class ApproveCommand extends RequestCommand {
  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "Refuse unless it is this stage that asks.")
  Optional<String> stage = Optional.empty();

  @Override
  Input request(Session session, RolloutState state) {
    return new Input.Approve(
        session.machine().clock().instant(),
        stage.or(() -> state.stage().map(Stage::name)).orElse(""),
        session.actor(),
        reason);
  }

  @Override
  String done(Session session, RolloutState state) {
    return "Stage "
        + state.stage().map(Stage::name).orElse("")
        + " of "
        + state.flag()
        + " is approved.";
  }
}
