package rollout.core;

import java.time.Instant;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.Safety;

/**
 * A raise that is under way, or whose outcome nobody knows.
 *
 * @param at when it was recorded; it was sent later, or never
 * @param expected all gates just before
 * @param target all gates when it worked
 * @param unknown GitLab was asked and did not say whether it did it
 */
record Intent(
    Instant at, Exposure exposure, GateState expected, GateState target, boolean unknown) {
  /** From here on a request of this intent can neither arrive nor be unseen. */
  Instant settledAt(Safety safety) {
    return at.plus(safety.effectiveInFlight()).plus(safety.propagation());
  }

  Intent asUnknown() {
    return new Intent(at, exposure, expected, target, true);
  }
}
