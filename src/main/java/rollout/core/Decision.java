package rollout.core;

import java.util.List;

/**
 * What follows from an input. The events must be durable before the first effect is performed.
 *
 * @param refusal why a person's request changes nothing; empty when it was taken
 */
public record Decision(List<Event> events, List<Effect> effects, String refusal) {
  /** Nothing. */
  public static final Decision NOTHING = new Decision(List.of(), List.of(), "");

  public Decision {
    events = List.copyOf(events);
    effects = List.copyOf(effects);
  }

  /** A request that changes nothing, and why. */
  public static Decision refused(String why) {
    return new Decision(List.of(), List.of(), why);
  }
}
