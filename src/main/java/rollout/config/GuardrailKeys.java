package rollout.config;

import static rollout.config.Form.Key.of;
import static rollout.config.Form.Key.required;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of guardrails and of the exposure check. */
final class GuardrailKeys {
  private static final Form.Key NAME =
      required("name", Scalars.TEXT, "unique among the guardrails");
  private static final Form.Key TYPE =
      of(FormCheck.TYPE, Scalars.TEXT, "threshold (a limit) or compare (a sequential test)");
  private static final Form.Key SOURCE = required("source", Scalars.TEXT, "the name of a source");
  private static final Form.Key ON_BREACH =
      of(
          "on_breach",
          Scalars.choice("rollback", "hold", "warn"),
          "what follows: rollback (default), hold or warn");

  private static final Form.Keys THRESHOLD =
      new Form.Keys(
          List.of(
              NAME,
              TYPE,
              SOURCE,
              of(
                  "errors",
                  Scalars.TEMPLATE,
                  "counts failed requests in the window: PromQL, a bare counter, a Lucene search"),
              of("requests", Scalars.TEMPLATE, "counts all requests in the window"),
              of("max_ratio", Scalars.SHARE, "errors / requests; breached strictly above"),
              of("min_requests", Scalars.COUNT, "fewer in the window are no evidence; 100"),
              of("min_errors", Scalars.COUNT, "fewer are never a breach; 0"),
              of("value", Scalars.TEMPLATE, "a query that answers one number"),
              of("max", Scalars.NUMBER, "breached strictly above"),
              of("min", Scalars.NUMBER, "breached strictly below"),
              of("project", Scalars.SLUG, "Sentry: the slug of the project"),
              of("query", Scalars.TEMPLATE, "Sentry: an issue search"),
              of(
                  "count",
                  Scalars.choice("new_issues", "events"),
                  "Sentry: new_issues (first seen since the stage began) or events"),
              of(
                  "max_ratio_to_baseline",
                  Scalars.NUMBER,
                  "events / events of the same window before; breached strictly above"),
              of("baseline", Scalars.DURATION, "how much earlier that window lies; 7d"),
              of("min_events", Scalars.COUNT, "fewer are never a breach; 0"),
              of(
                  "matchers",
                  new Form.ListOf(Scalars.MATCHER, 1),
                  "Alertmanager: which alerts are counted, all of these must match"),
              of("window", Scalars.DURATION, "what one look covers; the larger of interval and 1m"),
              of("for", Scalars.LASTING, "consecutive looks, or a duration; 1"),
              ON_BREACH));

  private static final Form.Keys PAIR =
      new Form.Keys(
          List.of(
              required("errors", Scalars.TEMPLATE, "counts failed requests"),
              required("requests", Scalars.TEMPLATE, "counts all requests")));

  private static final Form.Keys COMPARE =
      new Form.Keys(
          List.of(
              NAME,
              TYPE,
              SOURCE,
              of("flag_field", Scalars.TEXT, "logs: the field that holds the flags of a request"),
              of("errors", Scalars.TEMPLATE, "logs: a search for failed requests"),
              of("requests", Scalars.TEMPLATE, "logs: a search for all requests"),
              of("treatment", PAIR, "Prometheus: requests with the flag on"),
              of("control", PAIR, "Prometheus: requests with the flag off"),
              of("reference", PAIR, "Prometheus: requests that are not behind the flag"),
              of("project", Scalars.SLUG, "Sentry: the slug of the project"),
              of("query", Scalars.TEMPLATE, "Sentry: an issue search"),
              of("count", Scalars.choice("new_issues"), "Sentry: new_issues"),
              of("tolerate", Scalars.TOLERANCE, "how much worse is fine beside a control; 10%"),
              of("tolerate_reference", Scalars.TOLERANCE, "beside a reference; 50%"),
              of("tolerate_history", Scalars.TOLERANCE, "beside the week before; 100%"),
              ON_BREACH,
              of(
                  "on_breach_without_control",
                  Scalars.choice("step-back", "rollback", "hold"),
                  "what follows at 100%: step-back (default), rollback or hold")));

  static final Form.ByType GUARDRAIL =
      new Form.ByType(
          Map.of("threshold", THRESHOLD, "compare", COMPARE), Optional.of("threshold"), Set.of());

  static final Form.Keys EXPOSURE_CHECK =
      new Form.Keys(
          List.of(
              required("source", Scalars.TEXT, "the name of a Prometheus source"),
              required(
                  "query",
                  Scalars.TEMPLATE,
                  "flag checks in the window, one series for enabled=\"true\" and one for \"false\""),
              of("window", Scalars.DURATION, "what one look covers; 15m"),
              of("tolerate", Scalars.TIMES, "how many times off is still fine; 3x")));

  private GuardrailKeys() {}
}
