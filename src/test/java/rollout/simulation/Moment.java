package rollout.simulation;

/** A point in the life of a rollout at which a fault can be aimed. */
enum Moment {
  /** The connection of a raise stands; its last check is yet to come. */
  CONNECTED,
  /** The last check of a raise has passed; it is yet to be sent. */
  CHECKED,
  /** A raise has left the process. */
  SENT,
  /** A {@code false} has left the process. */
  OFF_SENT,
  /** A round of questions is asked. */
  LOOK,
  /** The journal is about to be written. */
  BEFORE_APPEND,
  MARKER_INTENDED,
  MARKER_CONFIRMED,
  INTENDED,
  CONFIRMED,
  VERIFIED,
  PASSED,
  HELD,
  APPROVAL_ASKED,
  /** A rollback or an abort is durable. */
  DECIDED,
  /** A step-back is durable. */
  STEP_BACK_DECIDED,
  /** What was stepped back to is in force everywhere. */
  STEPPED_BACK,
  ACQUITTED,
  /** GitLab has said off. */
  SWITCHED_OFF,
  SEALED,
  ENDED
}
