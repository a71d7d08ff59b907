package rollout.core;

import java.util.List;
import java.util.Optional;
import rollout.judge.Verdict;

/**
 * A guardrail's verdict in one look, as the journal keeps it: the evidence stands in the {@link
 * Event.Measured} before it.
 *
 * @param guardrail its name, or {@link rollout.plan.ExposureCheck#NAME}
 * @param breached the limit was crossed in this look, whether or not that lasted long enough
 */
public record Finding(
    String guardrail,
    Verdict.Kind kind,
    String reason,
    Optional<Double> value,
    Optional<Double> limit,
    boolean breached) {
  /** What the journal keeps of a verdict. */
  public static Finding of(String guardrail, Verdict verdict) {
    return new Finding(
        guardrail,
        verdict.kind(),
        verdict.reason(),
        verdict.value(),
        verdict.limit(),
        verdict.breached());
  }

  /** Whether this look proved something: it was good, or it was bad. */
  public boolean isConclusive() {
    return new Verdict(kind, reason, value, limit, breached, List.of()).isConclusive();
  }
}
