package rollout.core;

import java.util.Locale;

/** Where a rollout is, in the contract's words. */
public enum Phase {
  PREFLIGHT,
  ENTERING,
  BAKING,
  AWAITING_APPROVAL,
  AWAITING_WINDOW,
  HELD,
  STEPPING_BACK,
  ROLLING_BACK,
  SEALING,
  COMPLETED,
  ROLLED_BACK,
  ABORTED;

  /** Whether nothing more is due. */
  public boolean isEnd() {
    return this == COMPLETED || this == ROLLED_BACK || this == ABORTED;
  }

  /** The spelling of the contract's JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
