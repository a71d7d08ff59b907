package rollout.core;

import java.time.Duration;
import java.util.ArrayList;
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
    if (check instanceof Check.Compare compare) {
      return compare(source, compare.arms(), window);
    }
    throw new AssertionError("no question for " + check);
  }

  private List<Question> compare(String source, Arms arms, Window window) {
    if (!(arms instanceof Arms.Series series)) {
      return List.of(new Question(Role.SPLIT, split(source, arms), window));
    }
    List<Question> questions = new ArrayList<>();
    questions.addAll(
        pair(source, series.treatment(), Role.TREATED_ERRORS, Role.TREATED_REQUESTS, window));
    series
        .control()
        .map(pair -> pair(source, pair, Role.CONTROL_ERRORS, Role.CONTROL_REQUESTS, window))
        .ifPresent(questions::addAll);
    series
        .reference()
        .map(pair -> pair(source, pair, Role.REFERENCE_ERRORS, Role.REFERENCE_REQUESTS, window))
        .ifPresent(questions::addAll);
    return questions;
  }

  private List<Question> pair(
      String source, Arms.Pair pair, Role errors, Role requests, Window window) {
    return List.of(
        promql(errors, source, pair.errors(), "", window),
        promql(requests, source, pair.requests(), "", window));
  }

  private SignalQuery split(String source, Arms arms) {
    if (arms instanceof Arms.Logs logs) {
      return new SignalQuery.LogSplit(
          source,
          index(source),
          logs.flagField(),
          values.get("feature"),
          search(logs.errors()),
          search(logs.requests()));
    } else if (arms instanceof Arms.NewIssues issues) {
      return new SignalQuery.SentrySplit(
          source,
          issues.project(),
          Template.render(issues.query(), values, Template.Language.SENTRY_SEARCH),
          values.get("flag"));
    }
    throw new AssertionError("no split of " + arms);
  }

  private String index(String source) {
    Source.Elasticsearch logs = (Source.Elasticsearch) plan.source(source);
    return Template.render(logs.index(), values, Template.Language.PLAIN);
  }

  private String search(String template) {
    return Template.render(template, values, Template.Language.PLAIN);
  }

  /**
   * What a comparison asks of the time before the rollout.
   *
   * @param windows all of one length
   * @param reference whether the reference is asked for, too
   */
  List<Effect.Series> past(Guardrail guardrail, List<Window> windows, boolean reference) {
    return of(guardrail, windows.get(0)).stream()
        .filter(one -> reference || !one.role().name().startsWith("REFERENCE"))
        .map(one -> new Effect.Series(one.role(), one.query(), windows))
        .toList();
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
