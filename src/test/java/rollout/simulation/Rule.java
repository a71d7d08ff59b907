package rollout.simulation;

/** A rule without which the protocol of safety.md §2 is refuted. */
enum Rule {
  /** {@code false} is said twice. */
  DOUBLE_OFF("I[16]"),
  /** The second time it is said after the seal. */
  SEAL_LENGTH("I1"),
  /** The flag is enabled for the token's own user before the first raise. */
  MARKER("I8"),
  /** A raise needs a lease that outlasts it. */
  LEASE_MARGIN("I5"),
  /** What is found as intended is not sent again. */
  ADOPT("I4"),
  /** The flag is read just before a raise. */
  READ_BEFORE_SEND("I8"),
  /** The journal must still say go just before a raise. */
  JOURNAL_CHECK("I[12]"),
  /** No answer is no pass. */
  NO_DATA_IS_NO_PASS("I2"),
  /** A raise is sent once. */
  ONE_SHOT("I4"),
  /** The connection of a raise stands before its last check. */
  FRESH_CONNECTION("I[1258]"),
  /** Nothing is concluded from reads before every process of GitLab has seen a write. */
  PROPAGATION_WAIT("I[128]"),
  /**
   * Evidence, and the intent itself, are fresh just before a raise: a seal counts from the intent.
   */
  FRESH_EVIDENCE("I[12]"),
  /** What a process that ended had begun of a step-back is not gone on with. */
  STEP_BACK_ONCE("I4"),
  /** A stage that stepped back is entered again when those without the flag fare no better. */
  ACQUITTAL("I2"),
  /** What is in force after a raise is compared with what was intended. */
  RECHECK("I2");

  private final String invariants;

  Rule(String invariants) {
    this.invariants = invariants;
  }

  /** Whether this is what the rule is there to prevent, and no accident of how it was removed. */
  boolean prevents(Simulation.Violation violation) {
    return violation.what().matches("(?s)" + invariants + ": .*");
  }
}
