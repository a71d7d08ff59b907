package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import rollout.core.Rehearsed;
import rollout.plan.FlagName;

/** What a plan did about each scripted harm, as data. */
public final class RehearsalJson {
  private RehearsalJson() {}

  /** {@code {flag, well, harms: [{harm, stage, harmful, ending, …}]}}. */
  public static ObjectNode of(FlagName flag, List<Rehearsed> outcomes) {
    return new Json()
        .put("flag", flag.value())
        .put("well", outcomes.stream().allMatch(Rehearsed::isWell))
        .put("harms", outcomes.stream().map(RehearsalJson::one).toList())
        .node();
  }

  private static Json one(Rehearsed one) {
    return new Json()
        .put("harm", one.harm())
        .put("stage", one.stage().name())
        .put("harmful", one.harmful())
        .put("ending", one.ending())
        .put("well", one.isWell())
        .put("guardrail", one.guardrail())
        .number("decided_after_s", seconds(one.after()))
        .number("off_after_s", seconds(one.off()))
        .put("harmed_requests", one.requests())
        .put("reason", one.reason());
  }

  private static Optional<Double> seconds(Optional<Duration> duration) {
    return duration.map(one -> one.toMillis() / 1000.0);
  }
}
