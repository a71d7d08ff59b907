package rollout.simulation;

import rollout.core.Event;

/** Which moment an event is. */
final class Moments {
  private Moments() {}

  /** Null when nothing is aimed at such an event. */
  static Moment of(Event event) {
    if (event instanceof Event.MarkerIntended) {
      return Moment.MARKER_INTENDED;
    } else if (event instanceof Event.MarkerConfirmed) {
      return Moment.MARKER_CONFIRMED;
    } else if (event instanceof Event.ExposureIntended) {
      return Moment.INTENDED;
    } else if (event instanceof Event.ExposureConfirmed) {
      return Moment.CONFIRMED;
    } else if (event instanceof Event.StageVerified) {
      return Moment.VERIFIED;
    } else if (event instanceof Event.StagePassed) {
      return Moment.PASSED;
    } else if (event instanceof Event.Held) {
      return Moment.HELD;
    } else if (event instanceof Event.ApprovalAsked) {
      return Moment.APPROVAL_ASKED;
    } else if (event instanceof Event.RollbackDecided || event instanceof Event.AbortRequested) {
      return Moment.DECIDED;
    } else if (event instanceof Event.StepBackDecided) {
      return Moment.STEP_BACK_DECIDED;
    } else if (event instanceof Event.SteppedBack) {
      return Moment.STEPPED_BACK;
    } else if (event instanceof Event.Acquitted) {
      return Moment.ACQUITTED;
    } else if (event instanceof Event.SwitchedOff) {
      return Moment.SWITCHED_OFF;
    } else if (event instanceof Event.Sealed) {
      return Moment.SEALED;
    }
    return isEnd(event) ? Moment.ENDED : null;
  }

  static boolean isEnd(Event event) {
    return event instanceof Event.Completed
        || event instanceof Event.RolledBack
        || event instanceof Event.Aborted;
  }

  /** Where it happened; {@code otherwise} when the event does not say. */
  static String environment(Event event, String otherwise) {
    if (event instanceof Event.MarkerIntended e) {
      return e.environment();
    } else if (event instanceof Event.MarkerConfirmed e) {
      return e.environment();
    } else if (event instanceof Event.ExposureIntended e) {
      return e.environment();
    } else if (event instanceof Event.ExposureConfirmed e) {
      return e.environment();
    } else if (event instanceof Event.StepBackDecided e) {
      return e.environments().get(0);
    } else if (event instanceof Event.SteppedBack e) {
      return e.environments().get(0);
    } else if (event instanceof Event.SwitchedOff e) {
      return e.environment();
    } else if (event instanceof Event.Sealed e) {
      return e.environment();
    }
    return otherwise;
  }
}
