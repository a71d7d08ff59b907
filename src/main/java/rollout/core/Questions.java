package rollout.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rollout.plan.Check;
import rollout.plan.CounterSum;
import rollout.plan.Durations;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Source;
import rollout.plan.Template;
import rollout.plan.Window;

/** The queries that guardrails ask of one environment, every placeholder filled in. */
final class Questions {
  private final Plan plan;
  private final Map<String, String> values;

  Questions(Plan plan, FlagName flag, String environment) {
    this.plan = plan;
    this.values = plan.values(flag, environment);
  }

  List<Question> of(Guardrail guardrail, Window window) {
    Check check = guardrail.check();
    String source = guardrail.source();
    if (check instanceof Check.Ratio ratio) {
      return List.of(
          count(Role.ERRORS, source, ratio.errors(), window),
          count(Role.REQUESTS, source, ratio.requests(), window));
    } else if (check instanceof Check.Value value) {
      return List.of(value(source, value.query(), window));
    } else if (check instanceof Check.NewIssues issues) {
      SignalQuery query =
          issues(source, issues.project(), issues.query(), SignalQuery.Count.NEW_ISSUES);
      return List.of(new Question(Role.VALUE, query, window));
    } else if (check instanceof Check.Events events) {
      return events(source, events, window);
    } else if (check instanceof Check.Alerts alerts) {
      return List.of(new Question(Role.VALUE, alerts(source, alerts), window));
    }
    throw new AssertionError("no question for " + check);
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

  private SignalQuery alerts(String source, Check.Alerts alerts) {
    return new SignalQuery.FiringAlerts(
        source,
        alerts.matchers().stream()
            .map(matcher -> Template.render(matcher, values, Template.Language.MATCHER))
            .toList());
  }

  private SignalQuery issues(
      String source, String project, String search, SignalQuery.Count count) {
    String rendered = Template.render(search, values, Template.Language.SENTRY_SEARCH);
    return new SignalQuery.SentryIssues(source, project, rendered, count);
  }

  /**
   * How often something happened in the window. A query that is nothing but counters is counted to
   * the scrape; every other one says itself what it counts.
   */
  private Question count(Role role, String source, String template, Window window) {
    if (plan.source(source) instanceof Source.Elasticsearch logs) {
      return new Question(role, log(logs, template, false), window);
    }
    String rendered = promql(template, window);
    SignalQuery query =
        CounterSum.parse(rendered)
            .<SignalQuery>map(counters -> new SignalQuery.Counted(source, counters))
            .orElseGet(() -> new SignalQuery.Promql(source, rendered, ""));
    return new Question(role, query, window);
  }

  private Question value(String source, String template, Window window) {
    return plan.source(source) instanceof Source.Elasticsearch logs
        ? new Question(Role.VALUE, log(logs, template, true), window)
        : promql(Role.VALUE, source, template, "", window);
  }

  private SignalQuery log(Source.Elasticsearch logs, String search, boolean alone) {
    return new SignalQuery.LogCount(
        logs.name(),
        Template.render(logs.index(), values, Template.Language.INDEX),
        Template.render(search, values, Template.Language.LUCENE),
        alone);
  }

  private Question promql(
      Role role, String source, String template, String splitBy, Window window) {
    return new Question(
        role, new SignalQuery.Promql(source, promql(template, window), splitBy), window);
  }

  private String promql(String template, Window window) {
    Map<String, String> all = new TreeMap<>(values);
    all.put(Template.WINDOW, Durations.format(atLeastAMillisecond(window.length())));
    return Template.render(template, all, Template.Language.PROMQL);
  }

  private static Duration atLeastAMillisecond(Duration length) {
    return length.toMillis() == 0 ? Duration.ofMillis(1) : length;
  }
}
