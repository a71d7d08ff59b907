package rollout.core;

/**
 * Who did something.
 *
 * @param name a person's or a machine's name; {@link #PROGRAM} when the rollout itself decided
 * @param via where they did it: {@code terminal}, or the address of a CI job
 */
public record Actor(String name, String via) {
  /** The rollout itself. */
  public static final Actor PROGRAM = new Actor("rollout", "itself");

  @Override
  public String toString() {
    return via.isEmpty() ? name : name + " (" + via + ")";
  }
}
