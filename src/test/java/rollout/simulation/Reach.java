package rollout.simulation;

import rollout.core.Phase;

/** Which endings a fault in a phase can have at all. */
final class Reach {
  private Reach() {}

  /**
   * What goes back never completes, and what a person aborts is aborted. An abort without a journal
   * looks to whoever drives like somebody's off, which ends as aborted too within a minute: any
   * other end needs a coincidence, and is not asked for.
   */
  static boolean isPossible(Phase phase, Fault.Kind kind, Phase end) {
    boolean goingBack = phase == Phase.ROLLING_BACK || phase == Phase.SEALING;
    boolean aborts = kind == Fault.Kind.ABORT || kind == Fault.Kind.ABORT_WITHOUT_JOURNAL;
    return !(goingBack && end == Phase.COMPLETED) && !(aborts && end != Phase.ABORTED);
  }
}
