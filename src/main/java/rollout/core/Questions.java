package rollout.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Durations;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Template;
import rollout.plan.Window;

/** The queries that guardrails ask of one environment, every placeholder filled in. */
final class Questions {
  private final Map<String, String> values;

  Questions(Plan plan, FlagName flag, String environment) {
    this.values = plan.values(flag, environment);
  }

  List<Question> of(Guardrail guardrail, Window window) {
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
    } else if (check instanceof Check.Compare compare
        && compare.arms() instanceof Arms.Series series) {
      return provisional(source, series, window);
    }
    throw new AssertionError("no question for " + check);
  }

  private List<Question> provisional(String source, Arms.Series series, Window window) {
    return List.of(
        promql(Role.TREATED_ERRORS, source, series.treatment().errors(), "", window),
        promql(Role.TREATED_REQUESTS, source, series.treatment().requests(), "", window),
        promql(Role.CONTROL_ERRORS, source, series.control().orElseThrow().errors(), "", window),
        promql(
            Role.CONTROL_REQUESTS, source, series.control().orElseThrow().requests(), "", window));
  }

  List<Question> of(ExposureCheck check, Window window) {
    return List.of(promql(Role.CHECKS, check.source(), check.query(), "enabled", window));
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
    String rendered = Template.render(search, values, Template.Language.SENTRY_SEARCH);
    return new SignalQuery.SentryIssues(source, project, rendered, count);
  }

  private Question promql(
      Role role, String source, String template, String splitBy, Window window) {
    Map<String, String> all = new TreeMap<>(values);
    all.put(Template.WINDOW, Durations.format(atLeastAMillisecond(window.length())));
    String rendered = Template.render(template, all, Template.Language.PROMQL);
    return new Question(role, new SignalQuery.Promql(source, rendered, splitBy), window);
  }

  private static Duration atLeastAMillisecond(Duration length) {
    return length.toMillis() == 0 ? Duration.ofMillis(1) : length;
  }
}
