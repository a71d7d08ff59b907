package rollout.core;

import java.util.List;

/** Names of the checks that a person can set aside with {@code --override}. */
public final class Checks {
  /** The flag has gates already, or is enabled by default. */
  public static final String GATES = "gates";

  /** An incident is open. */
  public static final String INCIDENTS = "incidents";

  /** A deploy freeze is in force. */
  public static final String FREEZE = "freeze";

  /** All of them. */
  public static final List<String> ALL = List.of(INCIDENTS, FREEZE, GATES);

  private Checks() {}
}
