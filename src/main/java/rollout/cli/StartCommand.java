package rollout.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.config.Nearest;
import rollout.core.Checks;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.engine.Goal;
import rollout.engine.Observer;
import rollout.engine.Servers;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.report.ExitCode;
import rollout.report.Invocation;

/** {@code rollout start}: every stage in order, in the foreground. */
@CommandLine.Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Take a flag through all its stages, watched, in the foreground.")
final class StartCommand extends Command {
  @Parameters(paramLabel = "FLAG", arity = "1..*", description = "The flags to roll out.")
  List<String> flags;

  @Option(names = "--until", paramLabel = "STAGE", description = "Go no further than this stage.")
  Optional<String> until = Optional.empty();

  @Option(
      names = "--max-wait",
      paramLabel = "DURATION",
      description = "Stop driving after so long; exit 7, or 4 when it is held.")
  Optional<Duration> maxWait = Optional.empty();

  @Option(names = "--detach", description = "Only begin; rollout tick drives it on.")
  boolean detach;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal.")
  Optional<String> reason = Optional.empty();

  @Option(
      names = "--override",
      paramLabel = "CHECK",
      description =
          "Set aside what a check found (incidents, freeze, gates); needs --reason. What it finds"
              + " later counts again.")
  List<String> overrides = new ArrayList<>();

  @Option(names = "--again", description = "Begin anew after a rollout that is over.")
  boolean again;

  @Option(names = "--yes", description = "Do not ask before the first write.")
  boolean yes;

  @Option(
      names = "--sandbox",
      paramLabel = "SCENARIO",
      arity = "0..1",
      fallbackValue = "healthy",
      description =
          "Against servers of our own on loopback, a week in seconds: healthy, errors@STAGE,"
              + " new-issue@STAGE, outage@STAGE, nobody-uses-it@STAGE, latency@STAGE, incident@STAGE, freeze@STAGE.")
  Optional<String> sandbox = Optional.empty();

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "Sandbox seconds in a second of yours; default: as fast as pleasant.")
  Optional<Double> speed = Optional.empty();

  @Override
  ExitCode run(Session session) throws PortException, InterruptedException {
    checkOptions();
    if (sandbox.isPresent()) {
      return new SandboxStart(session, sandbox.get(), speed, until).run(flagNames());
    }
    CiState.require(session);
    return new EachFlag(session).run(flagNames(), this::one);
  }

  private List<FlagName> flagNames() {
    return flags.stream().distinct().map(Session::flag).toList();
  }

  private void checkOptions() {
    for (String check : overrides) {
      if (!Checks.ALL.contains(check)) {
        throw usage(
            "There is no check \""
                + check
                + "\" to override; "
                + Nearest.suggestion(check, Checks.ALL)
                + ".");
      }
    }
    if (!overrides.isEmpty() && reason.isEmpty()) {
      throw usage("--override needs a --reason, which is kept in the journal.");
    }
    if (speed.isPresent() && (sandbox.isEmpty() || !(speed.get() > 0))) {
      throw usage("--speed goes with --sandbox and is a number above 0.");
    }
  }

  private static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  private ExitCode one(Session session, FlagName flag, View view)
      throws PortException, InterruptedException {
    Optional<RolloutId> newest = session.store().journal().newest(flag, Journal.Kind.REAL);
    if (newest.isEmpty()) {
      return begin(session, flag, view);
    }
    RolloutState state = session.state(newest.get());
    if (state.end().isEmpty()) {
      requireStage(state.plan());
      sayWhoWatches(session, flag);
      ExitCode code =
          new Existing(session, runner(session, view), clock(session))
              .goOn(newest.get(), until, reason, !detach, goal(session), view);
      return afterwards(session, newest.get(), code);
    }
    return mayBeginAnew(session, state) ? begin(session, flag, view) : refused(session, state);
  }

  private boolean mayBeginAnew(Session session, RolloutState state) {
    boolean wasTakenBack = state.phase() != Phase.COMPLETED;
    if (again && wasTakenBack && reason.isEmpty()) {
      throw usage(Existing.words(state) + "; to begin anew after that, --again needs a --reason.");
    }
    return again;
  }

  private ExitCode refused(Session session, RolloutState state) {
    session.note(
        Existing.words(state)
            + "; nothing was sent. Begin anew: "
            + beginAnew(session.invocation(), state));
    return state.phase() == Phase.COMPLETED ? ExitCode.REFUSED : ExitCode.of(state);
  }

  private static String beginAnew(Invocation invocation, RolloutState state) {
    String name = state.flag().value();
    return state.phase() == Phase.COMPLETED
        ? invocation.line("start", name, "--again")
        : invocation.line("start", name, "--again", "--reason", "TEXT");
  }

  private ExitCode begin(Session session, FlagName flag, View view)
      throws PortException, InterruptedException {
    Plan plan = session.planFile().drivable(flag, session.options().variables);
    requireStage(plan);
    Servers servers = session.wiring().servers(plan);
    Runner runner = runner(session, view);
    Waiter waiter = new ClockWaiter(clock(session));
    Starter.Wish wish = new Starter.Wish(flag, plan, until, reason, overrides, false, !yes);
    Runner.Held held = new Starter(session, clock(session), waiter).begin(wish, servers, view);
    view.opened(held.desk().state());
    sayWhoWatches(session, flag);
    ExitCode code =
        runner.run(held.desk(), held.lent(), servers, desk -> Optional.empty(), goal(session));
    return afterwards(session, held.desk().state().rollout(), code);
  }

  private void sayWhoWatches(Session session, FlagName flag) {
    if (!detach) {
      new WatchWords(session).begins(flag);
    }
  }

  private ExitCode afterwards(Session session, RolloutId rollout, ExitCode code)
      throws PortException {
    if (detach && !session.machine().interruptions().isAsked()) {
      new WatchWords(session).detached(session.state(rollout));
    }
    return code;
  }

  private void requireStage(Plan plan) {
    until.ifPresent(stage -> Stages.require(plan, stage));
  }

  private Goal goal(Session session) {
    Goal goal = until.map(Goal::passed).map(Goal.end()::or).orElse(Goal.end());
    goal = goal.or(Goal.silent(detach));
    if (detach) {
      return goal.or(Goal.due());
    }
    return maxWait
        .map(longest -> Goal.until(clock(session).instant().plus(longest)))
        .map(goal::or)
        .orElse(goal);
  }

  private static Runner runner(Session session, Observer observer) {
    return new Runner(session, clock(session), new ClockWaiter(clock(session)), observer);
  }

  private static InstantSource clock(Session session) {
    return session.machine().clock();
  }
}
