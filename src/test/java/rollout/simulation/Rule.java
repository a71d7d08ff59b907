package rollout.simulation;

/** A rule without which the protocol of safety.md §2 is refuted. */
enum Rule {
  /** {@code false} is said twice. */
  DOUBLE_OFF,
  /** The second time it is said after the seal. */
  SEAL_LENGTH,
  /** The flag is enabled for the token's own user before the first raise. */
  MARKER,
  /** A raise needs a lease that outlasts it. */
  LEASE_MARGIN,
  /** What is found as intended is not sent again. */
  ADOPT,
  /** The flag is read just before a raise. */
  READ_BEFORE_SEND,
  /** The journal must still say go just before a raise. */
  JOURNAL_CHECK,
  /** No answer is no pass. */
  NO_DATA_IS_NO_PASS,
  /** A raise is sent once. */
  ONE_SHOT,
  /** The connection of a raise stands before its last check. */
  FRESH_CONNECTION,
  /** Nothing is concluded from reads before every process of GitLab has seen a write. */
  PROPAGATION_WAIT,
  /** Evidence is fresh just before a raise. */
  FRESH_EVIDENCE,
  /** The gates in the answer to a raise are compared with what was intended. */
  RECHECK
}
