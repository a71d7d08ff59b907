package rollout.journal;

import static rollout.journal.Forms.DURATION;
import static rollout.journal.Forms.NUMBER;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.WHOLE;

import rollout.plan.Check;
import rollout.plan.ExposureCheck;
import rollout.plan.Guardrail;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;

/** The stored forms of what is watched. */
final class GuardrailForms {
  private static final Form<Check> CHECK =
      new Variants<Check>("check")
          .with(
              "ratio",
              Check.Ratio.class,
              (to, ratio) ->
                  to.put("errors", TEXT, ratio.errors())
                      .put("requests", TEXT, ratio.requests())
                      .put("max_ratio", NUMBER, ratio.maxRatio())
                      .put("min_requests", WHOLE, ratio.minRequests())
                      .put("min_errors", WHOLE, ratio.minErrors()),
              from ->
                  new Check.Ratio(
                      from.get("errors", TEXT),
                      from.get("requests", TEXT),
                      from.get("max_ratio", NUMBER),
                      from.get("min_requests", WHOLE),
                      from.get("min_errors", WHOLE)))
          .with(
              "value",
              Check.Value.class,
              (to, value) ->
                  to.put("query", TEXT, value.query())
                      .maybe("max", NUMBER, value.max())
                      .maybe("min", NUMBER, value.min()),
              from ->
                  new Check.Value(
                      from.get("query", TEXT),
                      from.maybe("max", NUMBER),
                      from.maybe("min", NUMBER)))
          .with(
              "new_issues",
              Check.NewIssues.class,
              (to, issues) ->
                  to.put("project", TEXT, issues.project())
                      .put("query", TEXT, issues.query())
                      .put("max", NUMBER, issues.max()),
              from ->
                  new Check.NewIssues(
                      from.get("project", TEXT), from.get("query", TEXT), from.get("max", NUMBER)))
          .with(
              "events",
              Check.Events.class,
              (to, events) ->
                  to.put("project", TEXT, events.project())
                      .put("query", TEXT, events.query())
                      .maybe("max", NUMBER, events.max())
                      .maybe("max_ratio_to_baseline", NUMBER, events.maxRatioToBaseline())
                      .put("baseline", DURATION, events.baseline())
                      .put("min_events", WHOLE, events.minEvents()),
              from ->
                  new Check.Events(
                      from.get("project", TEXT),
                      from.get("query", TEXT),
                      from.maybe("max", NUMBER),
                      from.maybe("max_ratio_to_baseline", NUMBER),
                      from.get("baseline", DURATION),
                      from.get("min_events", WHOLE)))
          .with("compare", Check.Compare.class, CompareForms::write, CompareForms::read)
          .with(
              "alerts",
              Check.Alerts.class,
              (to, alerts) ->
                  to.list("matchers", TEXT, alerts.matchers()).put("max", NUMBER, alerts.max()),
              from -> new Check.Alerts(from.list("matchers", TEXT), from.get("max", NUMBER)));

  private static final Form<Lasting> LASTING =
      new Shape<>(
          (to, lasting) ->
              to.put("looks", WHOLE, (long) lasting.looks())
                  .maybe("span", DURATION, lasting.span()),
          from -> new Lasting(from.get("looks", WHOLE).intValue(), from.maybe("span", DURATION)));

  private static final Form<OnBreach> ON_BREACH = Forms.word(OnBreach.class);

  static final Form<Guardrail> GUARDRAIL =
      new Shape<>(
          (to, guardrail) ->
              to.put("name", TEXT, guardrail.name())
                  .put("source", TEXT, guardrail.source())
                  .put("check", CHECK, guardrail.check())
                  .maybe("window", DURATION, guardrail.window())
                  .put("lasting", LASTING, guardrail.lasting())
                  .put("on_breach", ON_BREACH, guardrail.onBreach()),
          from ->
              new Guardrail(
                  from.get("name", TEXT),
                  from.get("source", TEXT),
                  from.get("check", CHECK),
                  from.maybe("window", DURATION),
                  from.get("lasting", LASTING),
                  from.get("on_breach", ON_BREACH)));

  static final Form<ExposureCheck> EXPOSURE_CHECK =
      new Shape<>(
          (to, check) ->
              to.put("source", TEXT, check.source())
                  .put("query", TEXT, check.query())
                  .put("window", DURATION, check.window())
                  .put("tolerate", NUMBER, check.tolerate()),
          from ->
              new ExposureCheck(
                  from.get("source", TEXT),
                  from.get("query", TEXT),
                  from.get("window", DURATION),
                  from.get("tolerate", NUMBER)));

  private GuardrailForms() {}
}
