package rollout.plan;

/** What a breach leads to while nobody is left to compare with, at 100 %. */
public enum WithoutControl {
  /** Back to the exposure before, where a control is, and judged again there. */
  STEP_BACK,
  /** Exposure goes back to where it was before the rollout. */
  ROLLBACK,
  /** The rollout stops advancing and tells a person. */
  HOLD
}
