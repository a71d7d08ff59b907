package rollout.port;

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
}
