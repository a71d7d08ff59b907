package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import rollout.plan.Check;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Stage;
import rollout.plan.Window;

/** What the guardrails of a stage ask in one look: every query rendered, every window absolute. */
public final class Inquiries {
  private final Plan plan;
  private final FlagName flag;
  private final Stage stage;
  private final Instant raisedAt;
  private final Instant notBefore;
  private final Instant since;

  /**
   * @param raisedAt since when the flag can have hurt: the moment the raise was confirmed, before
   *     every process had seen it, or the moment a person accepted what was seen before
   * @param notBefore where windows begin at the earliest: the stage's verification, or the moment a
   *     person accepted what was seen before
   * @param since when the rollout began: what was not seen before is new
   */
  Inquiries(
      Plan plan, FlagName flag, Stage stage, Instant raisedAt, Instant notBefore, Instant since) {
    this.plan = plan;
    this.flag = flag;
    this.stage = stage;
    this.raisedAt = raisedAt;
    this.notBefore = notBefore;
    this.since = since;
  }

  /** Those of a stage that nothing was rolled out before. */
  public Inquiries(Plan plan, FlagName flag, Stage stage, Instant raisedAt, Instant notBefore) {
    this(plan, flag, stage, raisedAt, notBefore, raisedAt);
  }

  /** The look with this number, which stands for this moment, an interval after the last. */
  public Look look(long number, Instant dueAt) {
    return look(number, dueAt, Optional.of(dueAt.minus(stage.interval())));
  }

  /**
   * The look with this number, which stands for this moment.
   *
   * @param lastDueAt the moment of the look before; empty for the first of a stage
   */
  Look look(long number, Instant dueAt, Optional<Instant> lastDueAt) {
    List<Look.Inquiry> inquiries = new ArrayList<>();
    for (String environment : stage.environments()) {
      for (String name : stage.guardrails()) {
        inquiries.add(inquiry(plan.guardrail(name), environment, dueAt, lastDueAt));
      }
      if (!stage.unguarded()) {
        plan.exposureCheck().ifPresent(check -> inquiries.add(inquiry(check, environment, dueAt)));
      }
    }
    return new Look(number, dueAt, inquiries);
  }

  private Look.Inquiry inquiry(
      Guardrail guardrail, String environment, Instant dueAt, Optional<Instant> lastDueAt) {
    Duration lag = plan.lagOf(guardrail.source());
    Instant end = dueAt.minus(lag);
    if (guardrail.check() instanceof Check.Compare) {
      return comparison(guardrail, environment, end, lastDueAt.map(last -> last.minus(lag)));
    }
    boolean sinceRaise = looksBackToTheRaise(guardrail);
    Instant wanted = sinceRaise ? raisedAt : end.minus(guardrail.windowFor(stage.interval()));
    Instant earliest = sinceRaise ? raisedAt : notBefore;
    Questions questions = new Questions(plan, flag, environment, since);
    return inquiry(
        guardrail.name(),
        environment,
        new Stretch(wanted, earliest, end),
        window -> questions.of(guardrail, window));
  }

  /** What began before it is not the flag's doing. */
  private static boolean looksBackToTheRaise(Guardrail guardrail) {
    return guardrail.check() instanceof Check.Alerts
        || guardrail.check() instanceof Check.NewIssues && guardrail.window().isEmpty();
  }

  /**
   * From where the look before ended, whatever it brought: nothing is counted twice, after a
   * restart or a gap neither.
   */
  private Look.Inquiry comparison(
      Guardrail guardrail, String environment, Instant end, Optional<Instant> lastEnd) {
    Questions questions = new Questions(plan, flag, environment, since);
    return inquiry(
        guardrail.name(),
        environment,
        new Stretch(lastEnd.orElse(notBefore), notBefore, end),
        window -> questions.of(guardrail, window));
  }

  private Look.Inquiry inquiry(ExposureCheck check, String environment, Instant dueAt) {
    Instant end = dueAt.minus(plan.lagOf(check.source()));
    Questions questions = new Questions(plan, flag, environment, since);
    return inquiry(
        ExposureCheck.NAME,
        environment,
        new Stretch(end.minus(check.window()), notBefore, end),
        window -> questions.of(check, window));
  }

  private static Look.Inquiry inquiry(
      String name, String environment, Stretch stretch, Function<Window, List<Question>> ask) {
    Window window = stretch.window();
    List<Question> questions = window.isEmpty() ? List.of() : ask.apply(window);
    return new Look.Inquiry(name, environment, window, stretch.isFull(), questions);
  }

  /**
   * What of a window lies inside the stage.
   *
   * @param wanted where the window would begin
   * @param earliest where it may
   */
  private record Stretch(Instant wanted, Instant earliest, Instant end) {
    boolean isFull() {
      return !wanted.isBefore(earliest);
    }

    Window window() {
      Instant start = isFull() ? wanted : earliest;
      return end.isAfter(start) ? new Window(start, end) : new Window(start, start);
    }
  }
}
