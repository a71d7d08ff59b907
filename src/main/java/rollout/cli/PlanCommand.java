package rollout.cli;

import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import rollout.config.ConfigException;
import rollout.config.PlanFile;
import rollout.config.Problem;
import rollout.config.Severity;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.report.ExitCode;
import rollout.report.PlanJson;
import rollout.report.PlanText;

/** {@code rollout plan}: what would be done, and when; changes nothing. */
@CommandLine.Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description =
        "Every write with its form body and time, the undo, the queries; changes nothing.")
final class PlanCommand extends Command {
  @Parameters(paramLabel = "FLAG", description = Command.FLAG)
  String flagName;

  @Override
  ExitCode run(Session session) {
    FlagName flag = Session.flag(flagName);
    PlanFile file = session.planFile();
    Plan plan = file.readable().withOverrides(session.options().variables);
    List<Problem> open = file.openPlaceholders(flag, session.options().variables);
    if (!open.isEmpty()) {
      throw new ConfigException(open);
    }
    file.problems(Severity.UNSUPPORTED).forEach(one -> session.note(one.toString()));
    Instant now = session.machine().clock().instant();
    if (session.options().isJson()) {
      session.print(PlanJson.of(plan, flag, now));
    } else {
      session
          .machine()
          .out()
          .print(
              PlanText.of(plan, flag, now, session.machine().zone(), TerminalStyle.style(session)));
    }
    return ExitCode.OK;
  }
}
