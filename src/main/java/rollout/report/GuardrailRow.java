package rollout.report;

import java.util.List;
import java.util.Optional;
import rollout.core.Finding;
import rollout.core.GuardrailWatch;
import rollout.judge.Verdict;
import rollout.plan.Check;
import rollout.plan.ExposureCheck;
import rollout.plan.OnBreach;
import rollout.plan.Plan;

/**
 * What one guardrail has shown in the stage that is watched.
 *
 * @param unit how its value and limit are to be read
 * @param onBreach what its failing leads to
 * @param watch what the looks said
 * @param required passes the stage needs of it
 */
record GuardrailRow(
    String name, Numbers.Unit unit, OnBreach onBreach, GuardrailWatch watch, long required) {
  static GuardrailRow of(Plan plan, String name, GuardrailWatch watch, long required) {
    boolean planned = !name.equals(ExposureCheck.NAME);
    OnBreach onBreach = planned ? plan.guardrail(name).onBreach() : OnBreach.HOLD;
    return new GuardrailRow(name, unit(plan, name), onBreach, watch, required);
  }

  /** How numbers of this guardrail, or of the exposure check, are to be read. */
  static Numbers.Unit unit(Plan plan, String name) {
    boolean share =
        name.equals(ExposureCheck.NAME) || plan.guardrail(name).check() instanceof Check.Ratio;
    return share ? Numbers.Unit.SHARE : Numbers.Unit.PLAIN;
  }

  /** The last verdict; before the first look there is no data. */
  Verdict.Kind verdict() {
    return watch.latest().map(Finding::kind).orElse(Verdict.Kind.NO_DATA);
  }

  /** A breach that has not lasted long enough to count. */
  boolean isPending() {
    return watch.isBreached() && verdict() != Verdict.Kind.FAIL;
  }

  /** The last look's sentence. */
  String reason() {
    return watch.latest().map(Finding::reason).orElse("no look yet");
  }

  Optional<Double> value() {
    return watch.latest().flatMap(Finding::value);
  }

  Optional<Double> limit() {
    return watch.latest().flatMap(Finding::limit);
  }

  List<Double> recent() {
    return watch.recent();
  }
}
