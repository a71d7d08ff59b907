package rollout.config;

import static rollout.config.Form.Key.later;
import static rollout.config.Form.Key.of;
import static rollout.config.Form.Key.required;

import java.util.List;

/** The keys of a stage. */
final class StageKeys {
  private static final Form.ListOf NAMES = new Form.ListOf(Scalars.TEXT, 1);

  private static final Form.Keys TARGETS =
      new Form.Keys(
          List.of(
              of("project", NAMES, "paths of projects"),
              of("group", NAMES, "paths of groups"),
              of("user", NAMES, "names of users"),
              of("feature_group", Scalars.TEXT, "the name of a feature group")));

  private static final Form.Keys BAKE =
      new Form.Keys(
          List.of(
              required("at_least", Scalars.DURATION, "watched so long in any case"),
              of(
                  "until_detectable",
                  Scalars.TIMES,
                  "then until such harm would have been seen, 2x is a doubling"),
              of("at_most", Scalars.DURATION, "then held; extend_at_most times at_least")));

  static final Form.Keys STAGE =
      new Form.Keys(
          List.of(
              required("name", Scalars.TEXT, "unique among the stages"),
              required(
                  "environment",
                  Form.Either.of(Scalars.TEXT, NAMES),
                  "the name of an environment, or of several cells in a list"),
              required(
                  "exposure",
                  Form.Either.later(Scalars.ABOVE_ZERO, TARGETS, "exposure by name"),
                  "how much of the environment sees the flag, such as 5%"),
              required(
                  "bake",
                  Form.Either.of(Scalars.DURATION, BAKE),
                  "the least watched time before the stage may pass, such as 2h"),
              of("interval", Scalars.DURATION, "time between looks; 1m"),
              of(
                  "guardrails",
                  new Form.ListOf(Scalars.TEXT, 0),
                  "names of those that watch this stage; all of them unless given"),
              of("unguarded", Scalars.BOOLEAN, "true: this stage may pass without any evidence"),
              of("approval", Scalars.TEXT, "what a person must say yes to after the bake"),
              later("approval_timeout", Scalars.DURATION, "how long that yes is waited for"),
              of("min_requests", Scalars.COUNT, "in this stage, instead of each guardrail's own"),
              of(
                  "require_detectable",
                  Scalars.TIMES_OR_NONE,
                  "extended until such harm would have been seen, or none; 2x where a comparison has a control")));

  private StageKeys() {}
}
