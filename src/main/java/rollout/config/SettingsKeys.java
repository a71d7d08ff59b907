package rollout.config;

import static rollout.config.Form.Key.later;
import static rollout.config.Form.Key.of;

import java.util.List;

/** The keys of flags, judgement, safety and outcome. */
final class SettingsKeys {
  private static final Form.ListOf TEXTS = new Form.ListOf(Scalars.TEXT, 0);

  /** Values for placeholders; see {@link Placeholders}. */
  static final Form.MapOf VARIABLES = new Form.MapOf("variable", Scalars.TEXT, 0);

  static final Form.Keys FLAG =
      keys(
          later("issue", Scalars.ISSUE, "the rollout's issue on one of the environments"),
          later("routes", TEXTS, "the routes whose behaviour the flag changes"),
          of("variables", VARIABLES, "values for {{name}} when this flag is rolled out"));

  static final Form.Keys JUDGEMENT =
      keys(
          of("false_rollback", Scalars.ABOVE_ZERO, "budget of false alarms of a rollout; 1%"),
          of("no_data", Scalars.choice("hold", "rollback"), "when evidence stays away; hold"),
          of("max_gap", Scalars.DURATION, "evidence may stay away so long; 15m"),
          of("lag", Scalars.DURATION_OR_ZERO, "how far behind now data are complete; 60s"),
          of("extend_at_most", Scalars.TIMES, "thin evidence extends a bake so far; 4x"));

  static final Form.Keys SAFETY =
      keys(
          of(
              "gate",
              Scalars.choice("percentage_of_actors", "percentage_of_time"),
              "which percentage is raised; percentage_of_actors"),
          of(
              "rollback_to",
              Scalars.choice("off", "baseline"),
              "where a guardrail's rollback ends; off"),
          of(
              "rollback_scope",
              Scalars.choice("environment", "all"),
              "what a rollback switches off: the stage's environment (default) or all"),
          of(
              "propagation",
              Scalars.DURATION_OR_ZERO,
              "until every process of GitLab has seen a write; 65s"),
          of("seal", Scalars.DURATION_OR_ZERO, "off is said again after so long; 300s"),
          of("lease", Scalars.DURATION, "a silent runner may drive so long; 10m"),
          of(
              "in_flight",
              Scalars.DURATION,
              "the longest a request can be under way; derived from the others, at most 210s"),
          of("gitlab_budget", Scalars.DURATION, "GitLab may be silent so long; 15m"),
          of(
              "marker",
              Scalars.choice("self", "none"),
              "enable the flag for the token's own user first; self"));

  static final Form.Keys OUTCOME =
      keys(
          of("labels", TEXTS, "labels of the rollout's issue"),
          of("questions", TEXTS, "what a person is asked at the end"),
          of("checklist", TEXTS, "what is still to be done afterwards"));

  private SettingsKeys() {}

  private static Form.Keys keys(Form.Key... keys) {
    return new Form.Keys(List.of(keys));
  }
}
