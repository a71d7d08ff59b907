package rollout.core;

/** What was asked of GitLab when it failed. */
public enum Attempt {
  READ,
  MARK,
  RAISE,
  SWITCH_OFF,
  RESTORE
}
