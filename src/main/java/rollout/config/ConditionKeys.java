package rollout.config;

import static rollout.config.Form.Key.later;
import static rollout.config.Form.Key.of;
import static rollout.config.Form.Key.required;

import java.util.List;

/** The keys of preflight and windows: what must be so before a raise. */
final class ConditionKeys {
  private static final Form.ListOf TEXTS = new Form.ListOf(Scalars.TEXT, 0);

  private static final Form.Keys TRIAGE =
      keys(
          required("source", Scalars.TEXT, "the name of a Sentry source"),
          required("project", Scalars.SLUG, "the slug of the project"),
          required("query", Scalars.TEMPLATE, "an issue search that must find nothing"));

  private static final Form.Keys INCIDENTS =
      keys(
          required("environment", Scalars.TEXT, "whose GitLab is asked"),
          required("project", Scalars.SLUG, "the path of the project with the incidents"),
          of("labels", TEXTS, "an open incident with any of them holds raises"));

  private static final Form.Keys FREEZE =
      keys(
          required("environment", Scalars.TEXT, "whose GitLab is asked"),
          required("project", Scalars.SLUG, "the path of the project with the freeze periods"));

  static final Form.Keys PREFLIGHT =
      keys(
          later("sentry_triaged", new Form.ListOf(TRIAGE, 0), "searches that must find nothing"),
          of("incidents", INCIDENTS, "no raise while such an incident is open"),
          of("freeze", FREEZE, "no raise in a deploy freeze"),
          later("required_links", TEXTS, "links that must be complete"));

  static final Form.Keys WINDOW =
      keys(
          of(
              "days",
              new Form.ListOf(Scalars.choice("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1),
              "on these days; every day"),
          of("hours", Scalars.HOURS, "from-to; the whole day"),
          of("time_zone", Scalars.ZONE, "in which days and hours are meant; UTC"));

  private ConditionKeys() {}

  private static Form.Keys keys(Form.Key... keys) {
    return new Form.Keys(List.of(keys));
  }
}
