package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rollout.plan.Check;
import rollout.plan.Durations;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Stage;
import rollout.plan.Template;
import rollout.plan.Window;

/** What the guardrails of a stage ask in one look: every query rendered, every window absolute. */
public final class Inquiries {
  private final Plan plan;
  private final FlagName flag;
  private final Stage stage;
  private final Instant notBefore;
  private final Instant newSince;

  /**
   * @param notBefore where windows begin at the earliest: the stage's verification, or the moment a
   *     person accepted what was seen before
   * @param newSince where those of issues nobody has seen before begin: what is born while a raise
   *     spreads is its doing, too, and would be old to every look that began only afterwards
   */
  public Inquiries(Plan plan, FlagName flag, Stage stage, Instant notBefore, Instant newSince) {
    this.plan = plan;
    this.flag = flag;
    this.stage = stage;
    this.notBefore = notBefore;
    this.newSince = newSince;
  }

  /** The look with this number, which stands for this moment. */
  public Look look(long number, Instant dueAt) {
    List<Look.Inquiry> inquiries = new ArrayList<>();
    for (String name : stage.guardrails()) {
      inquiries.add(inquiry(plan.guardrail(name), dueAt));
    }
    if (!stage.unguarded()) {
      plan.exposureCheck().ifPresent(check -> inquiries.add(inquiry(check, dueAt)));
    }
    return new Look(number, dueAt, inquiries);
  }

  private Look.Inquiry inquiry(Guardrail guardrail, Instant dueAt) {
    Instant end = dueAt.minus(plan.lagOf(guardrail.source()));
    boolean sinceStart =
        guardrail.check() instanceof Check.NewIssues && guardrail.window().isEmpty();
    Instant start = sinceStart ? newSince : end.minus(guardrail.windowFor(stage.interval()));
    Instant earliest = sinceStart ? newSince : notBefore;
    return inquiry(guardrail.name(), earliest, start, end, window -> questions(guardrail, window));
  }

  private Look.Inquiry inquiry(ExposureCheck check, Instant dueAt) {
    Instant end = dueAt.minus(plan.lagOf(check.source()));
    return inquiry(
        ExposureCheck.NAME,
        notBefore,
        end.minus(check.window()),
        end,
        window -> List.of(promql(Role.CHECKS, check.source(), check.query(), "enabled", window)));
  }

  private Look.Inquiry inquiry(
      String name,
      Instant earliest,
      Instant wanted,
      Instant end,
      java.util.function.Function<Window, List<Question>> ask) {
    boolean full = !wanted.isBefore(earliest);
    Instant start = full ? wanted : earliest;
    Window window = end.isAfter(start) ? new Window(start, end) : new Window(start, start);
    return new Look.Inquiry(name, window, full, window.isEmpty() ? List.of() : ask.apply(window));
  }

  private List<Question> questions(Guardrail guardrail, Window window) {
    Check check = guardrail.check();
    String source = guardrail.source();
    if (check instanceof Check.Ratio ratio) {
      return List.of(
          promql(Role.ERRORS, source, ratio.errors(), "", window),
          promql(Role.REQUESTS, source, ratio.requests(), "", window));
    } else if (check instanceof Check.Value value) {
      return List.of(promql(Role.VALUE, source, value.query(), "", window));
    } else if (check instanceof Check.NewIssues issues) {
      SignalQuery query =
          issues(source, issues.project(), issues.query(), SignalQuery.Count.NEW_ISSUES);
      return List.of(new Question(Role.VALUE, query, window));
    } else if (check instanceof Check.Events events) {
      return events(source, events, window);
    }
    throw new AssertionError("no question for " + check);
  }

  private List<Question> events(String source, Check.Events events, Window window) {
    SignalQuery query = issues(source, events.project(), events.query(), SignalQuery.Count.EVENTS);
    Question now = new Question(Role.VALUE, query, window);
    return events.maxRatioToBaseline().isEmpty()
        ? List.of(now)
        : List.of(now, new Question(Role.BASELINE, query, window.earlier(events.baseline())));
  }

  private SignalQuery issues(
      String source, String project, String search, SignalQuery.Count count) {
    Map<String, String> values = plan.values(flag, stage.environment());
    String rendered = Template.render(search, values, Template.Language.SENTRY_SEARCH);
    return new SignalQuery.SentryIssues(source, project, rendered, count);
  }

  private Question promql(
      Role role, String source, String template, String splitBy, Window window) {
    Map<String, String> values = new TreeMap<>(plan.values(flag, stage.environment()));
    values.put(Template.WINDOW, Durations.format(atLeastAMillisecond(window.length())));
    String rendered = Template.render(template, values, Template.Language.PROMQL);
    return new Question(role, new SignalQuery.Promql(source, rendered, splitBy), window);
  }

  private static Duration atLeastAMillisecond(Duration length) {
    return length.toMillis() == 0 ? Duration.ofMillis(1) : length;
  }
}
