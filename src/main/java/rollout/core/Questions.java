package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import rollout.plan.Arms;
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
  private static final Set<Role> REFERENCE =
      EnumSet.of(Role.REFERENCE_ERRORS, Role.REFERENCE_REQUESTS);

  private final Plan plan;
  private final Map<String, String> values;
  private final Instant since;

  /**
   * @param since what was not seen before is new
   */
  Questions(Plan plan, FlagName flag, String environment, Instant since) {
    this.plan = plan;
    this.since = since;
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
    } else if (check instanceof Check.Compare compare) {
      return comparison(source, compare.arms(), window);
    }
    throw new AssertionError("no question for " + check);
  }

  private List<Question> comparison(String source, Arms arms, Window window) {
    if (!(arms instanceof Arms.Series series)) {
      return List.of(new Question(Role.SPLIT, split(source, arms), window));
    }
    List<Question> questions = new ArrayList<>();
    pair(source, series.treatment(), Role.TREATED_ERRORS, Role.TREATED_REQUESTS, window, questions);
    series
        .control()
        .ifPresent(
            pair ->
                pair(source, pair, Role.CONTROL_ERRORS, Role.CONTROL_REQUESTS, window, questions));
    series
        .reference()
        .ifPresent(
            pair ->
                pair(
                    source,
                    pair,
                    Role.REFERENCE_ERRORS,
                    Role.REFERENCE_REQUESTS,
                    window,
                    questions));
    return questions;
  }

  private void pair(
      String source,
      Arms.Pair pair,
      Role errors,
      Role requests,
      Window window,
      List<Question> questions) {
    questions.add(count(errors, source, pair.errors(), window));
    questions.add(count(requests, source, pair.requests(), window));
  }

  private SignalQuery split(String source, Arms arms) {
    if (arms instanceof Arms.Logs logs) {
      Source.Elasticsearch where = (Source.Elasticsearch) plan.source(source);
      return new SignalQuery.LogSplit(
          source,
          Template.render(where.index(), values, Template.Language.INDEX),
          logs.flagField(),
          values.get("feature"),
          Template.render(logs.errors(), values, Template.Language.LUCENE),
          Template.render(logs.requests(), values, Template.Language.LUCENE));
    } else if (arms instanceof Arms.NewIssues issues) {
      return new SignalQuery.SentrySplit(
          source,
          issues.project(),
          Template.render(issues.query(), values, Template.Language.SENTRY_SEARCH),
          since,
          values.get("flag"));
    }
    throw new AssertionError("no split of " + arms);
  }

  /**
   * What a comparison asks of the time before the rollout. Counters need not be counted to the
   * scrape there, which over a week is more than a server gives.
   *
   * @param windows all of one length
   * @param reference whether the reference is asked for, too
   */
  List<Effect.Series> past(Guardrail guardrail, List<Window> windows, boolean reference) {
    return of(guardrail, windows.get(0)).stream()
        .filter(one -> reference || !REFERENCE.contains(one.role()))
        .map(one -> new Effect.Series(one.role(), roughly(one.query(), windows.get(0)), windows))
        .toList();
  }

  private static SignalQuery roughly(SignalQuery query, Window window) {
    return query instanceof SignalQuery.Counted counted
        ? new SignalQuery.Promql(
            counted.source(), counted.counters().increase(Durations.format(window.length())), "")
        : query;
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
