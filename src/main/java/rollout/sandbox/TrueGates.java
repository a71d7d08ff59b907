package rollout.sandbox;

import java.util.List;

/** The gates of one flag as they really were, whatever a cached read says. */
@FunctionalInterface
public interface TrueGates {
  /**
   * Every change in one environment, oldest first; before the first the flag was off. Only grows,
   * and never with a change that is older than one already there.
   */
  List<GateChange> changes(String environment);
}
