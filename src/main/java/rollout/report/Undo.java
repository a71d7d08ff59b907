package rollout.report;

import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;

/** How a flag is switched off by hand, where this program is not at hand. */
public final class Undo {
  /** What follows the seal of a guardrail's rollback, where the plan asks for it. */
  static final String RESTORES =
      "then, after a guardrail's rollback alone, the actors and groups from before come back"
          + " (rollback_to: baseline)";

  private Undo() {}

  /** What has to be sent to the Features API; safe to send at any time, more than once. */
  public static String body() {
    return FormBody.of(Gate.PERCENTAGE_OF_ACTORS, Exposure.OFF);
  }

  /** A line for a shell that has an administrator's token in {@code $TOKEN}. */
  public static String curl(Environment environment, FlagName flag) {
    return "curl --request POST --header \"Authorization: Bearer $TOKEN\" --data "
        + body()
        + " \""
        + Address.of(environment, flag)
        + "\"";
  }
}
