package rollout.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Goal;
import rollout.engine.Lent;
import rollout.engine.Servers;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.report.ExitCode;

/** {@code rollout tick}: for a schedule, one look at what is due. */
@CommandLine.Command(
    name = "tick",
    mixinStandardHelpOptions = true,
    description = "Do once what is due, and exit; for a schedule.")
final class TickCommand extends Command {
  @ArgGroup(exclusive = true, multiplicity = "1")
  Which which;

  /** Some flags, or all. */
  static final class Which {
    @Parameters(paramLabel = "FLAG", arity = "1..*", description = Command.FLAG)
    List<String> flags = List.of();

    @Option(names = "--all", required = true, description = "Every rollout that is under way.")
    boolean all;
  }

  @Override
  ExitCode run(Session session) throws PortException, InterruptedException {
    CiState.require(session);
    List<FlagName> flags =
        which.all ? underWay(session) : which.flags.stream().distinct().map(Session::flag).toList();
    if (flags.isEmpty()) {
      session.note("No rollout is under way here (" + session.stateName() + "); nothing to do.");
      return Finish.print(session, session.machine().clock(), ExitCode.OK, List.of());
    }
    EachFlag each = new EachFlag(session);
    ExitCode code = which.all ? each.sideBySide(flags, this::one) : each.run(flags, this::one);
    boolean fine = code == ExitCode.OTHER_RUNNER || code == ExitCode.IN_PROGRESS;
    return which.all && fine ? ExitCode.OK : code;
  }

  private static List<FlagName> underWay(Session session) throws PortException {
    Set<FlagName> flags = new LinkedHashSet<>();
    for (Journal.Entry entry : session.store().journal().list(Journal.Kind.REAL)) {
      if (!entry.finished()) {
        flags.add(entry.flag());
      }
    }
    return new ArrayList<>(flags);
  }

  private ExitCode one(Session session, FlagName flag, View view)
      throws PortException, InterruptedException {
    Optional<RolloutId> newest = session.store().journal().newest(flag, Journal.Kind.REAL);
    if (newest.isEmpty()) {
      session.note("There is no rollout of " + flag + " here; nothing to do.");
      return ExitCode.OK;
    }
    RolloutState state = session.state(newest.get());
    if (state.end().isPresent()) {
      session.note(Existing.words(state) + "; nothing to do.");
      return ExitCode.OK;
    }
    InstantSource clock = session.machine().clock();
    Runner runner = new Runner(session, clock, new ClockWaiter(clock), view);
    Servers servers = session.wiring().servers(state.plan());
    Lent lent = new LeaseTaking(session).take(newest.get(), state.plan().safety().lease(), false);
    Desk desk = Desk.open(session.store().journal(), newest.get(), view);
    return runner.run(
        desk,
        lent,
        servers,
        opened -> Optional.empty(),
        Goal.end().or(Goal.silent(true)).or(Goal.due()));
  }
}
