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
  CHECKS,
  /** Errors and requests of both arms in one answer. */
  SPLIT,
  /** Failed requests with the flag on. */
  TREATED_ERRORS,
  /** All requests with the flag on. */
  TREATED_REQUESTS,
  /** Failed requests with the flag off. */
  CONTROL_ERRORS,
  /** All requests with the flag off. */
  CONTROL_REQUESTS,
  /** Failed requests of a sibling that is not behind the flag. */
  REFERENCE_ERRORS,
  /** All requests of that sibling. */
  REFERENCE_REQUESTS
}
