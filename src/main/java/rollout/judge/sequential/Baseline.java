package rollout.judge.sequential;

/** What stands in for a control when neither a control nor a reference is there. */
public enum Baseline {
  /** The same hour of the week before. */
  SAME_HOUR,
  /** An upper limit of the control's rate in the earlier stages: for what did not exist before. */
  EARLIER_STAGES
}
