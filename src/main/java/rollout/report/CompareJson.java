package rollout.report;

import java.util.Optional;
import rollout.core.Compared;
import rollout.core.Seen;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Past;

/** Comparisons as data: what they saw and what they know, never how they remember it. */
final class CompareJson {
  private CompareJson() {}

  static Json of(Compared one) {
    Seen seen = new Seen(one.requests(), one.detectable());
    return add(
        new Json().put("guardrail", one.guardrail()).put("environment", one.environment()), seen);
  }

  /** {@code detectable} is null while no harm at all would have been seen. */
  static Json add(Json json, Seen seen) {
    return json.number("requests", Optional.of(seen.requests()))
        .number("detectable", Optional.of(seen.detectable()).filter(Double::isFinite));
  }

  static Json of(Past past) {
    Arm week = past.week().stream().filter(Arm::isSound).reduce(Arm.NOTHING, Arm::plus);
    return new Json()
        .number("requests", Optional.of(week.requests()))
        .number("errors", Optional.of(week.errors()))
        .number("dispersion", Optional.of(past.dispersion()))
        .put("reference", past.knowsReference());
  }
}
