package rollout.plan;

/** What follows when a guardrail fails. */
public enum OnBreach {
  /** Exposure goes back: the default. */
  ROLLBACK,
  /** The rollout stops advancing until a person accepts what was seen. */
  HOLD,
  /** It is said, and nothing else. */
  WARN
}
