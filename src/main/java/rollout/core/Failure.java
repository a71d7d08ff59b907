package rollout.core;

/** What is known of the effect of a request that failed. */
public enum Failure {
  /** It had none, and may be asked again. */
  NOT_DONE,
  /** It had none, and asking again will not help. */
  REFUSED,
  /** It may have had its effect. */
  UNKNOWN
}
