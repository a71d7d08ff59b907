package rollout.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Goal;
import rollout.engine.Servers;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.port.PortException;
import rollout.rehearsal.Rehearsal;
import rollout.report.ExitCode;
import rollout.sandbox.Scenario;

/** {@code start --sandbox}: the whole plan against servers of our own, a week in seconds. */
final class SandboxStart {
  private final Session session;
  private final String scenario;
  private final Optional<Double> speed;
  private final Optional<String> until;

  SandboxStart(Session session, String scenario, Optional<Double> speed, Optional<String> until) {
    this.session = session;
    this.scenario = scenario;
    this.speed = speed;
    this.until = until;
  }

  ExitCode run(List<FlagName> flags) throws PortException, InterruptedException {
    List<ExitCode> codes = new ArrayList<>();
    List<RolloutState> states = new ArrayList<>();
    for (FlagName flag : flags) {
      codes.add(run(flag, states));
    }
    return Finish.print(session, session.machine().clock(), ExitCode.gravest(codes), states);
  }

  private ExitCode run(FlagName flag, List<RolloutState> states)
      throws PortException, InterruptedException {
    Plan plan = session.planFile().drivable(flag, session.options().variables);
    until.ifPresent(stage -> Stages.require(plan, stage));
    try (Rehearsal rehearsal =
        new Rehearsal(
            plan,
            flag,
            scenario(plan),
            speed,
            session.machine().clock().instant(),
            session.machine().nanoTime())) {
      return run(flag, rehearsal, states);
    }
  }

  private Scenario scenario(Plan plan) {
    try {
      return Scenario.parse(scenario, plan);
    } catch (IllegalArgumentException unknown) {
      throw new CommandFailure(ExitCode.USAGE, unknown.getMessage(), unknown);
    }
  }

  private ExitCode run(FlagName flag, Rehearsal rehearsal, List<RolloutState> states)
      throws PortException, InterruptedException {
    rehearsal.approveThrough(session.store().journal());
    View view = View.of(session, true, rehearsal.time());
    Servers servers = session.wiring().servers(rehearsal.plan());
    Runner runner =
        new Runner(session, rehearsal.time(), rehearsal.waiter(), rehearsal.alongside(view));
    Starter.Wish wish =
        new Starter.Wish(flag, rehearsal.plan(), until, Optional.empty(), List.of(), true, false);
    Runner.Held held =
        new Starter(session, rehearsal.time(), rehearsal.waiter())
            .begin(wish, servers, rehearsal.alongside(view));
    Desk desk = held.desk();
    Goal goal = Goal.end().or(Goal.heldByAPerson());
    goal = until.map(Goal::passed).map(goal::or).orElse(goal);
    ExitCode code = runner.run(desk, held.lent(), servers, opened -> Optional.empty(), goal);
    states.add(desk.state());
    return code;
  }
}
