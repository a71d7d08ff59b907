package rollout.simulation;

import rollout.core.Phase;

/** Which endings a fault in a phase can have at all. */
final class Reach {
  private Reach() {}

  static boolean isPossible(Phase phase, Fault.Kind kind, Phase end) {
    boolean goingBack = phase == Phase.ROLLING_BACK || phase == Phase.SEALING;
    return !(goingBack && end == Phase.COMPLETED)
        && !(kind == Fault.Kind.ABORT && end != Phase.ABORTED);
  }
}
