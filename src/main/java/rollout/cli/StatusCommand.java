package rollout.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.core.RolloutState;
import rollout.plan.RolloutId;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.report.AuditJson;
import rollout.report.ExitCode;
import rollout.report.StatusJson;
import rollout.report.StatusText;

/** {@code rollout status}: where it is, what is next and when. */
@CommandLine.Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Where a rollout is, what is next and when; without a flag, the newest of each.")
final class StatusCommand extends Command {
  @Parameters(paramLabel = "FLAG", arity = "0..1", description = Command.FLAG)
  Optional<String> flagName = Optional.empty();

  @Option(names = "--rollout", paramLabel = "ID", description = "This one, not the newest.")
  Optional<String> rollout = Optional.empty();

  @Option(names = "--watch", description = "Show it again every second until it is over.")
  boolean watch;

  @Option(names = "--exit-code", description = "End with the code the rollout has now, not with 0.")
  boolean exitCode;

  @Override
  ExitCode run(Session session) throws PortException, InterruptedException {
    checkOptions(session);
    if (flagName.isEmpty() && rollout.isEmpty()) {
      return all(session);
    }
    RolloutId id = Rollouts.named(session, flagName, rollout);
    RolloutState state = session.state(id);
    Picture picture = new Picture(session.machine().out(), session.machine().screen());
    print(session, state, picture);
    while (watch && !state.phase().isEnd()) {
      pause(session);
      RolloutState next = session.state(id);
      if (next.version() != state.version() || session.machine().screen().isPresent()) {
        print(session, next, picture);
      }
      state = next;
    }
    return exitCode ? ExitCode.of(state) : ExitCode.OK;
  }

  private void checkOptions(Session session) {
    if (watch && (session.options().isJson() || flagName.isEmpty() && rollout.isEmpty())) {
      throw new CommandFailure(
          ExitCode.USAGE, "--watch shows one rollout as text: it takes a FLAG and no -o json.");
    }
  }

  private static void pause(Session session) throws InterruptedException {
    Waiter waiter = new ClockWaiter(session.machine().clock());
    Instant until = session.machine().clock().instant().plus(Duration.ofSeconds(1));
    while (session.machine().clock().instant().isBefore(until)) {
      waiter.awaitUntil(until);
    }
  }

  private void print(Session session, RolloutState state, Picture picture) throws PortException {
    Instant now = Rollouts.now(session, state);
    if (session.options().isJson()) {
      ObjectNode status = StatusJson.of(state, now, Rollouts.driver(session, state));
      status.set("audit", AuditJson.head(session.store().journal().head(state.rollout())));
      session.print(status);
      return;
    }
    String text =
        StatusText.of(
            state,
            now,
            Rollouts.driver(session, state),
            session.store().journal().head(state.rollout()),
            session.machine().zone(),
            TerminalStyle.width(session),
            TerminalStyle.style(session));
    picture.draw(text, !watch || state.phase().isEnd());
  }

  private ExitCode all(Session session) throws PortException {
    List<RolloutState> states = Rollouts.newestOfEach(session);
    Rollouts.print(session, states);
    return exitCode
        ? ExitCode.gravest(new ArrayList<>(states.stream().map(ExitCode::of).toList()))
        : ExitCode.OK;
  }
}
