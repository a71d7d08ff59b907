package rollout.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.core.RolloutState;
import rollout.engine.Goal;
import rollout.engine.Servers;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.plan.Stage;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.report.ExitCode;

/** {@code rollout stage}: for a CI job, to the end of exactly one stage. */
@CommandLine.Command(
    name = "stage",
    mixinStandardHelpOptions = true,
    description = "Bring a rollout to the end of exactly this stage; for a CI job.")
final class StageCommand extends Command {
  @Parameters(index = "0", paramLabel = "FLAG", description = Command.FLAG)
  String flagName;

  @Parameters(index = "1", paramLabel = "STAGE", description = "A stage's name in the plan.")
  String stage;

  @Option(
      names = "--max-wait",
      paramLabel = "DURATION",
      description = "End after so long with 7; calling it again goes on.")
  Optional<Duration> maxWait = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal.")
  Optional<String> reason = Optional.empty();

  @Override
  ExitCode run(Session session) throws PortException, InterruptedException {
    CiState.require(session);
    return new EachFlag(session).run(List.of(Session.flag(flagName)), this::one);
  }

  private ExitCode one(Session session, FlagName flag, View view)
      throws PortException, InterruptedException {
    InstantSource clock = session.machine().clock();
    Waiter waiter = new ClockWaiter(clock);
    Runner runner = new Runner(session, clock, waiter, view);
    Optional<RolloutId> newest = session.store().journal().newest(flag, Journal.Kind.REAL);
    if (newest.isEmpty()) {
      return begin(session, flag, view, runner, waiter);
    }
    RolloutState state = session.state(newest.get());
    if (state.end().isPresent()) {
      session.note(Existing.words(state) + "; nothing was sent.");
      return ExitCode.of(state);
    }
    requireOrder(session, state);
    if (state.passed().contains(stage) && state.takeBack().isEmpty()) {
      session.note("Stage " + stage + " of " + flag + " has passed already; nothing was sent.");
      return ExitCode.OK;
    }
    return new Existing(session, runner, clock)
        .goOn(newest.get(), Optional.of(stage), reason, false, goal(clock), view);
  }

  private ExitCode begin(Session session, FlagName flag, View view, Runner runner, Waiter waiter)
      throws PortException, InterruptedException {
    Plan plan = session.planFile().drivable(flag, session.options().variables);
    if (Stages.require(plan, stage) > 0) {
      throw outOfOrder(session, flag, plan.stages().get(0));
    }
    Servers servers = session.wiring().servers(plan);
    InstantSource clock = session.machine().clock();
    Starter.Wish wish =
        new Starter.Wish(flag, plan, Optional.of(stage), reason, List.of(), false, false);
    Runner.Held held = new Starter(session, clock, waiter).begin(wish, servers, view);
    view.opened(held.desk().state());
    return runner.run(held.desk(), held.lent(), servers, desk -> Optional.empty(), goal(clock));
  }

  private void requireOrder(Session session, RolloutState state) {
    int index = Stages.require(state.plan(), stage);
    for (Stage earlier : state.plan().stages().subList(0, index)) {
      if (!state.passed().contains(earlier.name()) && state.takeBack().isEmpty()) {
        throw outOfOrder(session, state.flag(), earlier);
      }
    }
  }

  private CommandFailure outOfOrder(Session session, FlagName flag, Stage earlier) {
    return new CommandFailure(
        ExitCode.REFUSED,
        "Stage "
            + stage
            + " of "
            + flag
            + " comes after stage "
            + earlier.name()
            + ", which has not passed. Nothing was changed. First: "
            + session.invocation().line("stage", flag.value(), earlier.name()));
  }

  private Goal goal(InstantSource clock) {
    Goal goal = Goal.end().or(Goal.passed(stage)).or(Goal.silent(true)).or(Goal.unlessHeld());
    return maxWait.map(longest -> goal.or(Goal.until(clock.instant().plus(longest)))).orElse(goal);
  }
}
