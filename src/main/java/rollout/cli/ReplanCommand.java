package rollout.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.config.PlanFile;
import rollout.config.Severity;
import rollout.core.Decider;
import rollout.core.Decision;
import rollout.core.Event;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Observer;
import rollout.journal.PlanDigest;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.diff.Change;
import rollout.plan.diff.PlanDiff;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.ReplanJson;
import rollout.report.ReplanText;
import rollout.report.StatusJson;

/** {@code rollout replan}: the plan as it is now replaces the one that was frozen. */
@CommandLine.Command(
    name = "replan",
    mixinStandardHelpOptions = true,
    description = "Replace the plan that was frozen at the start by rollout.yaml as it is now.")
final class ReplanCommand extends Command {
  @Parameters(paramLabel = "FLAG", description = Command.FLAG)
  String flagName;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal; needed.")
  Optional<String> reason = Optional.empty();

  @Option(names = "--dry-run", description = "Only show what would change; nothing is recorded.")
  boolean dryRun;

  @Override
  ExitCode run(Session session) throws PortException {
    if (!dryRun && reason.filter(why -> !why.isBlank()).isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "replan needs a --reason, which is kept in the journal; --dry-run shows the changes"
              + " without one.");
    }
    FlagName flag = Session.flag(flagName);
    Plan plan = plan(session, flag);
    Journal journal = session.store().journal();
    Desk desk = Desk.open(journal, session.newest(flag, Journal.Kind.REAL), Observer.NONE);
    List<Change> changes = PlanDiff.between(desk.state().plan(), plan, flag);
    session.people().print(ReplanText.diff(changes));
    session.people().flush();
    Decision decision =
        dryRun
            ? decide(session, desk.state(), plan)
            : desk.decide(state -> decide(session, state, plan));
    if (!decision.refusal().isEmpty()) {
      throw new CommandFailure(
          ExitCode.REFUSED, "Refused, nothing was changed: " + decision.refusal() + ".");
    }
    Optional<Event.Replanned> replanned =
        decision.events().stream().map(Event.Replanned.class::cast).findFirst();
    session.note(replanned.map(this::said).orElse(same(session, flag)));
    print(session, desk.state(), replanned);
    return ExitCode.OK;
  }

  private static Plan plan(Session session, FlagName flag) {
    PlanFile file = session.planFile();
    Plan plan = file.drivable(flag, session.options().variables);
    file.problems(Severity.WARNING).forEach(one -> session.note(one.toString()));
    return plan;
  }

  private Decision decide(Session session, RolloutState state, Plan plan) {
    return Decider.decide(
        state,
        new Input.Replan(
            session.machine().clock().instant(),
            plan,
            PlanDigest.of(state.plan()),
            PlanDigest.of(plan),
            session.actor(),
            reason.orElse("")));
  }

  private String said(Event.Replanned event) {
    String what =
        dryRun ? "Nothing was recorded; replan would replace the plan: " : "The plan is replaced: ";
    return what
        + ReplanText.count(event.changes())
        + (event.beginsAnew()
            ? ". What is watched changes, so the bake begins anew and only new looks count."
            : ". The watch goes on as it was.")
        + (dryRun
            ? ""
            : " A process that drives it goes on under this plan, with its connections.");
  }

  private static String same(Session session, FlagName flag) {
    return session.configPath().getFileName()
        + " says for "
        + flag
        + " what the plan in force says; nothing was recorded.";
  }

  private void print(Session session, RolloutState state, Optional<Event.Replanned> replanned) {
    if (session.options().isJson()) {
      ObjectNode document = StatusJson.of(state, session.machine().clock().instant());
      document.put("dry_run", dryRun);
      document.set("replan", replanned.map(ReplanJson::of).orElse(null));
      session.print(document);
    }
  }
}
