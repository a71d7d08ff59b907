package rollout.report;

import java.util.Optional;
import rollout.plan.Check;
import rollout.plan.Durations;
import rollout.plan.ExposureCheck;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.SignalQuery;
import rollout.plan.Stage;

/** What a guardrail watches for, in words. */
final class GuardrailWords {
  private GuardrailWords() {}

  /** {@code more than 1% errors, 3 looks in a row: rollback}. */
  static String of(Plan plan, String name, Stage stage) {
    if (name.equals(ExposureCheck.NAME)) {
      ExposureCheck check = plan.exposureCheck().orElseThrow();
      return "the share that is served is off by more than " + number(check.tolerate()) + "×: hold";
    }
    Guardrail guardrail = plan.guardrail(name);
    return limit(guardrail.check(), stage)
        + lasting(guardrail)
        + ": "
        + Json.word(guardrail.onBreach());
  }

  /** The source a guardrail, or the exposure check, asks. */
  static String source(Plan plan, String name) {
    return name.equals(ExposureCheck.NAME)
        ? plan.exposureCheck().orElseThrow().source()
        : plan.guardrail(name).source();
  }

  /** A query on one line, as a person would type it at the source. */
  static String query(SignalQuery query) {
    return words(query).strip().replaceAll("\\s*[\\r\\n]\\s*", " ");
  }

  private static String words(SignalQuery query) {
    if (query instanceof SignalQuery.Promql promql) {
      return promql.expression();
    } else if (query instanceof SignalQuery.SentryIssues issues) {
      String counted =
          switch (issues.count()) {
            case NEW_ISSUES -> "new issues";
            case EVENTS -> "events";
          };
      return counted + " of project " + issues.project() + ": " + issues.search();
    } else if (query instanceof SignalQuery.Counted counted) {
      return counted.counters().toString();
    } else if (query instanceof SignalQuery.LogCount count) {
      return count.index() + ": " + count.search();
    } else if (query instanceof SignalQuery.LogSplit split) {
      return split.index()
          + ": "
          + split.errors()
          + " among "
          + split.requests()
          + " by "
          + split.feature()
          + " in "
          + split.flagField();
    } else if (query instanceof SignalQuery.SentrySplit split) {
      return "users of new issues of project "
          + split.project()
          + ": "
          + split.search()
          + " by "
          + split.flag();
    } else if (query instanceof SignalQuery.FiringAlerts alerts) {
      return "alerts with " + String.join(", ", alerts.matchers());
    }
    if (query instanceof SignalQuery.LogSplit split) {
      return "with and without "
          + split.feature()
          + " in "
          + split.flagField()
          + ", in "
          + split.index()
          + ": errors "
          + split.errors()
          + ", requests "
          + split.requests();
    } else if (query instanceof SignalQuery.SentrySplit split) {
      return "users of new issues of project "
          + split.project()
          + ", with and without "
          + split.flag()
          + ": "
          + split.search();
    }
    throw new AssertionError("no words for " + query);
  }

  private static String limit(Check check, Stage stage) {
    if (check instanceof Check.Ratio ratio) {
      long floor = stage.minRequests().orElse(ratio.minRequests());
      return "more than "
          + Numbers.text(ratio.maxRatio(), Numbers.Unit.SHARE)
          + " errors"
          + floor(floor, "requests")
          + floor(ratio.minErrors(), "errors");
    } else if (check instanceof Check.Value value) {
      return value(value);
    } else if (check instanceof Check.NewIssues issues) {
      return "more than " + number(issues.max()) + " new issues";
    } else if (check instanceof Check.Events events) {
      String most =
          events
              .max()
              .map(max -> number(max) + " events")
              .or(() -> events.maxRatioToBaseline().map(ratio -> baseline(ratio, events)))
              .orElseThrow();
      return "more than " + most + floor(events.minEvents(), "events");
    } else if (check instanceof Check.Alerts alerts) {
      return "more than " + number(alerts.max()) + " alerts";
    }
    if (check instanceof Check.Compare compare) {
      return CompareText.limit(compare, stage);
    }
    throw new AssertionError("no words for " + check);
  }

  private static String value(Check.Value check) {
    Optional<String> above = check.max().map(max -> "above " + number(max));
    Optional<String> below = check.min().map(min -> "below " + number(min));
    return above
        .flatMap(a -> below.map(b -> a + " or " + b))
        .or(() -> above)
        .or(() -> below)
        .orElseThrow();
  }

  private static String baseline(double ratio, Check.Events events) {
    String before = Durations.words(events.baseline());
    return number(ratio) + "× the events of the same window " + before + " before";
  }

  private static String floor(long least, String what) {
    return least > 0 ? ", from " + number(least) + " " + what + " on" : "";
  }

  private static String lasting(Guardrail guardrail) {
    return guardrail
        .lasting()
        .span()
        .map(span -> ", for " + Durations.words(span))
        .orElseGet(
            () ->
                guardrail.lasting().looks() == 1
                    ? ""
                    : ", " + guardrail.lasting().looks() + " looks in a row");
  }

  private static String number(double value) {
    return Numbers.text(value, Numbers.Unit.PLAIN);
  }
}
