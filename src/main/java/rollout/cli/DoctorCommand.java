package rollout.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import rollout.config.ConfigException;
import rollout.engine.CalendarHealth;
import rollout.plan.Environment;
import rollout.plan.Plan;
import rollout.plan.Source;
import rollout.port.Health;
import rollout.report.DoctorJson;
import rollout.report.DoctorText;
import rollout.report.ExitCode;

/** {@code rollout doctor}: what each server of the plan says of us. */
@CommandLine.Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Ask each server: reached, who the token is, scopes, expiry, one query, clock.")
final class DoctorCommand extends Command {
  @Override
  ExitCode run(Session session) {
    Plan plan = session.planFile().readable();
    Map<String, List<Health.Finding>> findings = new LinkedHashMap<>();
    for (Environment environment : plan.environments()) {
      findings.put(environment.name(), examine(() -> session.wiring().health(environment)));
    }
    for (Source source : plan.sources()) {
      findings.put(source.name(), examine(() -> session.wiring().health(plan, source)));
    }
    addCalendars(session, plan, findings);
    print(session, findings);
    boolean ill =
        findings.values().stream()
            .flatMap(List::stream)
            .anyMatch(one -> one.wellness() == Health.Wellness.ILL);
    return ill ? ExitCode.REFUSED : ExitCode.OK;
  }

  /** Asks each calendar once, as a raise would. */
  private static void addCalendars(
      Session session, Plan plan, Map<String, List<Health.Finding>> findings) {
    CalendarHealth.of(
            plan,
            name -> session.wiring().calendar(plan.environment(name)),
            session.machine().clock())
        .forEach((check, health) -> findings.put(check, examine(() -> health)));
  }

  private static List<Health.Finding> examine(Supplier<Health> server) {
    try {
      return server.get().examine();
    } catch (ConfigException | CommandFailure unset) {
      return List.of(new Health.Finding(Health.Wellness.ILL, "configured", unset.getMessage()));
    }
  }

  private static void print(Session session, Map<String, List<Health.Finding>> findings) {
    if (session.options().isJson()) {
      session.print(DoctorJson.of(findings));
    } else {
      session
          .machine()
          .out()
          .print(
              DoctorText.of(findings, TerminalStyle.width(session), TerminalStyle.style(session)));
    }
  }
}
