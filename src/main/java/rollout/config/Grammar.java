package rollout.config;

import static rollout.config.Form.Key.later;
import static rollout.config.Form.Key.of;
import static rollout.config.Form.Key.required;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every key of a rollout.yaml. */
final class Grammar {
  private static final Form.Scalar VERSION =
      new Form.Scalar(
          "1",
          Set.of("integer", "string"),
          Optional.empty(),
          List.of("1"),
          false,
          text -> Optional.empty());

  /** The whole file. */
  static final Form.Keys FILE =
      new Form.Keys(
          List.of(
              required("version", VERSION, "the version of this format: 1"),
              required(
                  "environments",
                  new Form.MapOf("environment", ServerKeys.ENVIRONMENT, 1),
                  "the GitLab instances, by the names that stages use"),
              of(
                  "sources",
                  new Form.MapOf("source", ServerKeys.SOURCE, 0),
                  "the servers that evidence is read from"),
              later(
                  "channels",
                  new Form.MapOf("channel", ServerKeys.CHANNEL, 0),
                  "who is told; environments name them under notify"),
              of(
                  "flags",
                  new Form.MapOf("flag", SettingsKeys.FLAG, 0),
                  "what differs from flag to flag; one that is not listed may be rolled out too"),
              of("variables", SettingsKeys.VARIABLES, "values for {{name}} everywhere"),
              of("preflight", ConditionKeys.PREFLIGHT, "what must be in order before a raise"),
              of(
                  "windows",
                  new Form.MapOf("environment", ConditionKeys.WINDOW, 0),
                  "when exposure may rise, by environment; taking back is never limited"),
              later(
                  "links",
                  new Form.MapOf("link", Scalars.TEXT, 0),
                  "addresses for people; {{route}} makes one link for each route"),
              of(
                  "guardrails",
                  new Form.ListOf(GuardrailKeys.GUARDRAIL, 0),
                  "what is watched; every stage is watched by all unless it names its own"),
              of(
                  "exposure_check",
                  GuardrailKeys.EXPOSURE_CHECK,
                  "compares the share that was really served with the share that was set"),
              required("stages", new Form.ListOf(StageKeys.STAGE, 1), "the way up, in this order"),
              of("judgement", SettingsKeys.JUDGEMENT, "how evidence is weighed"),
              of("safety", SettingsKeys.SAFETY, "how exposure is changed"),
              later("outcome", SettingsKeys.OUTCOME, "what the closing report asks a person")));

  private Grammar() {}
}
