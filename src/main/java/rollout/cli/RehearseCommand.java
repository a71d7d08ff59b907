package rollout.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.core.Rehearsed;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.RehearsalJson;
import rollout.report.RehearsalText;

/** {@code rollout rehearse}: the plan against scripted harm. */
@CommandLine.Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the plan against servers of our own, once for each harm: would it be taken back, how"
          + " soon, and at the cost of how many requests?",
      "Ends with 0 when all that is harmful was stopped and all that is not was let through,"
          + " otherwise with 4. Needs no account and no variable."
    })
final class RehearseCommand extends Command {
  @Parameters(
      paramLabel = "FLAG",
      arity = "0..1",
      description = "The flag; without it, the first that the plan lists.")
  Optional<String> flagName = Optional.empty();

  @Option(
      names = "--harm",
      paramLabel = "HARM[:TIMES][@STAGE]",
      description =
          "Only this; may be repeated. HARM is step, ramp, transient, shared, latency or new-issue;"
              + " TIMES such as 5x says how many times as many calls fail as usual.")
  List<String> harms = new ArrayList<>();

  @Option(
      names = "--every-stage",
      description =
          "Let each harm begin in each stage that is watched; otherwise in the first of the last"
              + " environment.")
  boolean everyStage;

  @Override
  ExitCode run(Session session) throws PortException, InterruptedException {
    FlagName flag = flag(session);
    Plan plan = session.planFile().drivable(flag, session.options().variables);
    List<Rehearsed> outcomes = new ArrayList<>();
    try (HarmRun run = new HarmRun(session, plan, flag)) {
      for (Harm harm : harms(plan)) {
        if (session.machine().screen().isPresent()) {
          session.note(harm + " …");
        }
        outcomes.add(run.play(harm));
      }
    }
    if (session.options().isJson()) {
      session.print(RehearsalJson.of(flag, outcomes));
    } else {
      session
          .machine()
          .out()
          .print(
              RehearsalText.of(
                  flag, outcomes, TerminalStyle.width(session), TerminalStyle.style(session)));
    }
    return outcomes.stream().allMatch(Rehearsed::isWell) ? ExitCode.OK : ExitCode.HELD;
  }

  private FlagName flag(Session session) {
    return flagName
        .map(Session::flag)
        .or(
            () ->
                session.planFile().readable().flags().keySet().stream()
                    .map(FlagName::new)
                    .findFirst())
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE, "The plan lists no flag; say which: rehearse FLAG."));
  }

  private List<Harm> harms(Plan plan) {
    List<Stage> stages = everyStage ? watched(plan) : List.of(usual(plan));
    List<Harm> all = new ArrayList<>();
    for (String text : harms.isEmpty() ? Harm.NAMES : harms) {
      all.addAll(Harm.parse(text, plan, stages));
    }
    return all;
  }

  private static List<Stage> watched(Plan plan) {
    List<Stage> watched = plan.stages().stream().filter(stage -> !stage.unguarded()).toList();
    if (watched.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "Nothing watches any stage of this plan: no harm would be seen.");
    }
    return watched;
  }

  private static Stage usual(Plan plan) {
    List<Stage> watched = watched(plan);
    List<String> last = watched.get(watched.size() - 1).environments();
    return watched.stream()
        .filter(stage -> stage.environments().equals(last))
        .findFirst()
        .orElseThrow();
  }
}
