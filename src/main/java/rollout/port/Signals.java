package rollout.port;

import java.util.List;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** A source of evidence. Never judges, never throws for what a server does. */
public interface Signals {
  /**
   * Asks one question over one window.
   *
   * @param window not empty; both ends are absolute, so that a look can be made up afterwards
   */
  Reading read(SignalQuery query, Window window);

  /** How many windows {@link #readAll} asks for in one request; at least 1. */
  default int windowsAtOnce() {
    return 1;
  }

  /**
   * Asks one question over several windows: what {@link #read} would say of each, in their order.
   *
   * @param windows oldest first, none empty
   */
  default List<Reading> readAll(SignalQuery query, List<Window> windows) {
    return windows.stream().map(window -> read(query, window)).toList();
  }
}
