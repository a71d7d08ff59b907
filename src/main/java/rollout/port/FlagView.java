package rollout.port;

import rollout.plan.GateState;

/**
 * A flag as the server shows it.
 *
 * @param name as the server spells it
 * @param state {@code on}, {@code off} or {@code conditional}, as the server says; {@code off} when
 *     it is not persisted
 * @param persisted whether the environment has ever stored a gate of it
 * @param gates all of them
 * @param defined whether the server's code has a definition of it; Gitaly's flags have none there
 * @param defaultEnabled whether its definition says that it is on while nothing is stored
 */
public record FlagView(
    String name,
    String state,
    boolean persisted,
    GateState gates,
    boolean defined,
    boolean defaultEnabled) {
  /** A flag of which only a definition that is on by default would be known. */
  public FlagView(
      String name, String state, boolean persisted, GateState gates, boolean defaultEnabled) {
    this(name, state, persisted, gates, defaultEnabled, defaultEnabled);
  }

  /** A flag that the environment has never stored. */
  public static FlagView absent(String name) {
    return new FlagView(name, "off", false, GateState.OFF, false);
  }
}
