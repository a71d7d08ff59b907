package rollout.simulation;

import rollout.plan.Role;

/** Whether the comparison was truly told, in one trial, that those who see the flag fare worse. */
final class Trials {
  private double treatedErrors;
  private double treatedRequests;
  private double controlErrors;
  private double controlRequests;

  /** Another trial begins. */
  void begin() {
    treatedErrors = 0;
    treatedRequests = 0;
    controlErrors = 0;
    controlRequests = 0;
  }

  void add(Role errors, double requests, boolean fails) {
    if (errors == Role.TREATED_ERRORS) {
      treatedErrors += fails ? requests : 0;
      treatedRequests += requests;
    } else {
      controlErrors += fails ? requests : 0;
      controlRequests += requests;
    }
  }

  /** Of those who see the flag half as many again fail, or nobody was compared at all. */
  boolean speaksOfHarm() {
    return treatedRequests == 0
        || controlRequests == 0
        || treatedErrors / treatedRequests > 1.5 * controlErrors / controlRequests;
  }
}
