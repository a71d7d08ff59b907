package rollout.plan;

/** What a reading means to the guardrail that asked for it. */
public enum Role {
  /** The number that is held against the limit. */
  VALUE,
  /** Failed requests in the window. */
  ERRORS,
  /** All requests in the window. */
  REQUESTS,
  /** The same count in an earlier window. */
  BASELINE,
  /** Flag checks by what they answered. */
  CHECKS
}
