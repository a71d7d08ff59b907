package rollout.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.config.ConfigException;
import rollout.config.PlanFile;
import rollout.config.Problem;
import rollout.config.Severity;
import rollout.engine.Foresight;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.Outlook;
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

  @Option(
      names = "--offline",
      description = "Ask no source for last week's rates; then nothing is said of what is seen.")
  boolean offline;

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
    Outlook outlook = offline ? Outlook.UNASKED : outlook(session, plan, flag, now);
    if (session.options().isJson()) {
      session.print(PlanJson.of(plan, flag, now, outlook));
    } else {
      session
          .machine()
          .out()
          .print(
              PlanText.of(
                  plan,
                  flag,
                  now,
                  outlook,
                  session.machine().zone(),
                  TerminalStyle.style(session)));
    }
    return ExitCode.OK;
  }

  /** A plan needs no server: whatever keeps one from being asked is said, and stops nothing. */
  private static Outlook outlook(Session session, Plan plan, FlagName flag, Instant now) {
    try {
      Instant end = now.truncatedTo(ChronoUnit.MINUTES);
      return new Outlook(
          new Foresight(plan, flag, session.wiring().archives(plan), end).all(), Optional.empty());
    } catch (ConfigException | CommandFailure | PortException unknown) {
      return Outlook.silent(unknown.getMessage());
    }
  }
}
