package rollout.core;

/** Names of the checks that a person can set aside with {@code --override}. */
public final class Checks {
  /** The flag has gates already, or is enabled by default. */
  public static final String GATES = "gates";

  private Checks() {}
}
