package rollout.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import rollout.config.ConfigException;
import rollout.config.PlanFile;
import rollout.config.Problem;
import rollout.core.BacktestOutcome;
import rollout.engine.Backtest;
import rollout.engine.Workers;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.port.PortException;
import rollout.report.BacktestJson;
import rollout.report.BacktestText;
import rollout.report.ExitCode;

/** {@code backtest FLAG}: the plan over what its sources remember. */
final class PlanBacktest {
  private static final Duration USUAL = Duration.ofDays(30);

  /** Requests under way at once: quick, and no burden for a server that others need. */
  private static final int AT_ONCE = 4;

  private final Session session;
  private final FlagName flag;

  PlanBacktest(Session session, FlagName flag) {
    this.session = session;
    this.flag = flag;
  }

  ExitCode run(Optional<Duration> last, Optional<String> until)
      throws PortException, InterruptedException {
    Instant to = until.map(PlanBacktest::moment).orElseGet(this::thisMinute);
    Instant from = to.minus(last.orElse(USUAL));
    Plan plan = plan();
    BacktestOutcome outcome = outcome(plan, from, to);
    if (session.options().isJson()) {
      session.print(BacktestJson.of(outcome));
    } else {
      session
          .machine()
          .out()
          .print(
              BacktestText.of(
                  outcome,
                  plan,
                  session.machine().zone(),
                  TerminalStyle.width(session),
                  TerminalStyle.style(session)));
    }
    return ExitCode.OK;
  }

  private Plan plan() {
    PlanFile file = session.planFile();
    Plan plan = file.readable().withOverrides(session.options().variables);
    List<Problem> open = file.openPlaceholders(flag, session.options().variables);
    if (!open.isEmpty()) {
      throw new ConfigException(open);
    }
    return plan;
  }

  private BacktestOutcome outcome(Plan plan, Instant from, Instant to)
      throws PortException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try (ProgressBar bar = new ProgressBar(session, from, to)) {
      return new Backtest(
              plan, flag, session.wiring().archives(plan), from, to, Workers.of(pool), bar::reached)
          .run();
    } catch (Backtest.NothingToReplay nothing) {
      throw new CommandFailure(ExitCode.USAGE, nothing.getMessage(), nothing);
    } finally {
      pool.shutdownNow();
    }
  }

  private Instant thisMinute() {
    return session.machine().clock().instant().truncatedTo(ChronoUnit.MINUTES);
  }

  private static Instant moment(String text) {
    try {
      return text.length() == "2026-11-22".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException bad) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\"" + text + "\" is no moment; write --until 2026-11-22T08:00:00Z or 2026-11-22.",
          bad);
    }
  }
}
