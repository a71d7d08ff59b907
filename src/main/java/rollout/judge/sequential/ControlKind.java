package rollout.judge.sequential;

/** What a look was compared with. */
public enum ControlKind {
  /** Those without the flag, at the same time. */
  CONCURRENT,
  /** A sibling series that the flag does not touch, at the same time. */
  REFERENCE,
  /** The same hour of the week before, or the control's rate in earlier stages. */
  HISTORY,
  /** Nothing: the look was void. */
  NONE
}
