package rollout.cli;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import rollout.config.PlanFile;
import rollout.core.Hold;
import rollout.core.HoldKind;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Goal;
import rollout.engine.Lent;
import rollout.engine.Observer;
import rollout.engine.Servers;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.plan.diff.Change;
import rollout.plan.diff.PlanDiff;
import rollout.port.PortException;
import rollout.report.Escape;
import rollout.report.ExitCode;
import rollout.report.ReplanText;

/** Goes on with a rollout that is in the journal, by its frozen plan. */
final class Existing {
  private final Session session;
  private final Runner runner;
  private final InstantSource clock;

  Existing(Session session, Runner runner, InstantSource clock) {
    this.session = session;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Drives it.
   *
   * @param limit the stage it may not go past; empty = to the end
   */
  ExitCode goOn(
      RolloutId rollout,
      Optional<String> limit,
      Optional<String> reason,
      boolean waitsForLease,
      Goal goal,
      Observer observer)
      throws PortException, InterruptedException {
    RolloutState before = session.state(rollout);
    warnIfFileDiffers(before);
    Servers servers = session.wiring().servers(before.plan());
    Lent lent =
        new LeaseTaking(session).take(rollout, before.plan().safety().lease(), waitsForLease);
    Desk desk = Desk.open(session.store().journal(), rollout, observer);
    return runner.run(desk, lent, servers, opened -> takeUp(opened, limit, reason), goal);
  }

  private Optional<ExitCode> takeUp(Desk desk, Optional<String> limit, Optional<String> reason)
      throws PortException {
    RolloutState state = desk.state();
    if (state.takeBack().isPresent() || state.end().isPresent()) {
      return Optional.empty();
    }
    Optional<Hold> hold = Holds.stopping(state);
    if (hold.isPresent()) {
      session.note(Holds.howToGoOn(state, hold.get(), session.invocation()));
      return Optional.of(ExitCode.HELD);
    }
    Runner.takeUp(desk, clock, limit, List.of(HoldKind.SIGNAL), reason, session.actor());
    return Optional.empty();
  }

  private void warnIfFileDiffers(RolloutState state) {
    try {
      session
          .planFileIfAny()
          .flatMap(PlanFile::plan)
          .map(plan -> plan.withOverrides(state.plan().overrides()))
          .map(plan -> PlanDiff.between(state.plan(), plan, state.flag()))
          .filter(changes -> !changes.isEmpty())
          .ifPresent(changes -> session.note(differs(state.flag(), changes)));
    } catch (CommandFailure unreadable) {
      session.note("warning: " + unreadable.getMessage());
    }
  }

  private String differs(FlagName flag, List<Change> changes) {
    return "warning: "
        + session.configPath().getFileName()
        + " differs from the plan this rollout was started with, which stays in force ("
        + ReplanText.count(changes)
        + "). See them: rollout replan "
        + flag
        + " --dry-run   Replace it: rollout replan "
        + flag
        + " --reason TEXT";
  }

  /** One sentence on a rollout that is over. */
  static String words(RolloutState state) {
    RolloutState.End end = state.end().orElseThrow();
    String what =
        end.phase() == Phase.COMPLETED
            ? "was completed"
            : end.phase() == Phase.ROLLED_BACK ? "was rolled back" : "was aborted";
    return state.flag()
        + " "
        + what
        + " on "
        + end.at().truncatedTo(ChronoUnit.SECONDS)
        + (end.phase() == Phase.COMPLETED ? "" : " (" + Escape.line(end.reason()) + ")");
  }
}
