package rollout.report;

import java.util.List;
import java.util.Optional;
import rollout.core.Finding;
import rollout.core.GuardrailWatch;
import rollout.core.Seen;
import rollout.judge.Verdict;
import rollout.plan.Check;
import rollout.plan.ExposureCheck;
import rollout.plan.OnBreach;
import rollout.plan.Plan;
import rollout.plan.Stage;

/**
 * What one guardrail has shown in the stage that is watched.
 *
 * @param unit how its value and limit are to be read
 * @param onBreach what its failing leads to
 * @param watch what the looks said
 * @param required passes the stage needs of it
 * @param seen how much a comparison has seen
 */
record GuardrailRow(
    String name,
    Numbers.Unit unit,
    OnBreach onBreach,
    GuardrailWatch watch,
    long required,
    Optional<Seen> seen) {
  static GuardrailRow of(Plan plan, Stage stage, String name, GuardrailWatch watch, long required) {
    boolean planned = !name.equals(ExposureCheck.NAME);
    OnBreach onBreach = planned ? plan.guardrail(name).onBreach() : OnBreach.HOLD;
    boolean compares = planned && plan.guardrail(name).check() instanceof Check.Compare;
    Optional<Seen> seen = Optional.of(watch).filter(any -> compares).map(one -> one.seenIn(stage));
    return new GuardrailRow(name, unit(plan, name), onBreach, watch, required, seen);
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
