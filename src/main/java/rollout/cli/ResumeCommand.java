package rollout.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.core.Decider;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Goal;
import rollout.engine.Lent;
import rollout.engine.Observer;
import rollout.engine.Servers;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.RolloutId;
import rollout.plan.Stage;
import rollout.port.Journal;
import rollout.port.Leases;
import rollout.port.PortException;
import rollout.report.ExitCode;

/** {@code rollout resume}: lift a hold and go on driving. */
@CommandLine.Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lift what holds a rollout, and go on driving it.")
final class ResumeCommand extends Command {
  @Parameters(paramLabel = "FLAG", description = Command.FLAG)
  String flagName;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal.")
  Optional<String> reason = Optional.empty();

  @Option(
      names = "--adopt",
      description = "After drift: take what is in force as the start; nothing is written.")
  boolean adopt;

  @Option(
      names = "--max-wait",
      paramLabel = "DURATION",
      description = "Stop driving after so long; exit 7, or 4 when it is held.")
  Optional<Duration> maxWait = Optional.empty();

  @Override
  ExitCode run(Session session) throws PortException, InterruptedException {
    return new EachFlag(session).run(List.of(Session.flag(flagName)), this::one);
  }

  private ExitCode one(Session session, FlagName flag, View view)
      throws PortException, InterruptedException {
    RolloutId rollout = session.newest(flag, Journal.Kind.REAL);
    RolloutState state = session.state(rollout);
    if (state.end().isPresent()) {
      session.note(Existing.words(state) + "; nothing was sent.");
      return ExitCode.of(state);
    }
    if (state.holds().containsKey(HoldKind.DRIFT) && !adopt) {
      session.note(Holds.howToGoOn(state, state.holds().get(HoldKind.DRIFT), session.invocation()));
      return ExitCode.HELD;
    }
    Servers servers = session.wiring().servers(state.plan());
    InstantSource clock = session.machine().clock();
    Runner runner = new Runner(session, clock, new ClockWaiter(clock), view);
    if (isDriven(session, rollout)) {
      return besideTheDriver(session, rollout, servers);
    }
    Lent lent = new LeaseTaking(session).take(rollout, state.plan().safety().lease(), true);
    Desk desk = Desk.open(session.store().journal(), rollout, view);
    new WatchWords(session).begins(flag);
    return runner.run(
        desk,
        lent,
        servers,
        opened -> {
          lift(session, opened, servers);
          return Optional.empty();
        },
        goal(clock));
  }

  private static boolean isDriven(Session session, RolloutId rollout) throws PortException {
    return session.store().leases().holder(rollout).filter(Leases.Taken::aliveHere).isPresent();
  }

  private ExitCode besideTheDriver(Session session, RolloutId rollout, Servers servers)
      throws PortException {
    Desk desk = Desk.open(session.store().journal(), rollout, Observer.NONE);
    boolean liftable = !desk.state().holds().keySet().stream().allMatch(HoldKind::liftsItself);
    if (!liftable || desk.state().takeBack().isPresent()) {
      throw new CommandFailure(
          ExitCode.OTHER_RUNNER,
          "Another runner drives "
              + desk.state().flag()
              + " and there is no hold to lift. Nothing was changed.");
    }
    lift(session, desk, servers);
    session.note("The hold is lifted; the runner that drives it goes on.");
    return ExitCode.OK;
  }

  /**
   * What is being taken back, or has ended since it was read, needs no yes: it says how it ends.
   */
  private void lift(Session session, Desk desk, Servers servers) throws PortException {
    InstantSource clock = session.machine().clock();
    Map<String, GateState> inForce = adopt ? inForce(desk.state(), servers) : Map.of();
    List<HoldKind> kinds = new ArrayList<>(List.of(HoldKind.values()));
    kinds.removeIf(HoldKind::liftsItself);
    Optional<String> refusal =
        desk.request(
            state ->
                Decider.decide(
                    state,
                    new Input.Resume(clock.instant(), kinds, inForce, reason, session.actor())));
    boolean advances = desk.state().takeBack().isEmpty() && desk.state().end().isEmpty();
    if (refusal.isPresent() && advances) {
      throw new CommandFailure(
          ExitCode.REFUSED, "Refused, nothing was changed: " + refusal.get() + ".");
    }
    desk.decide(
        state ->
            Decider.decide(
                state, new Input.Limit(clock.instant(), Optional.empty(), session.actor())));
  }

  private static Map<String, GateState> inForce(RolloutState state, Servers servers)
      throws PortException {
    Set<String> environments = new LinkedHashSet<>(state.touched());
    state.stage().map(Stage::environments).ifPresent(environments::addAll);
    Map<String, GateState> inForce = new LinkedHashMap<>();
    for (String environment : environments) {
      inForce.put(environment, servers.flags().apply(environment).read(state.flag()).gates());
    }
    return inForce;
  }

  private Goal goal(InstantSource clock) {
    Goal goal = Goal.end().or(Goal.silent(false));
    return maxWait.map(longest -> goal.or(Goal.until(clock.instant().plus(longest)))).orElse(goal);
  }
}
