package rollout.adapter.alertmanager;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rollout.adapter.http.HttpEndpoint;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;
import rollout.port.Signals;

/** Tells which alerts fire now: this source cannot look back. */
public final class AlertmanagerSignals implements Signals {
  /** So many alerts are named; a storm of them need not be kept for ever. */
  private static final int NAMED = 20;

  private final AlertsApi api;
  private final Optional<String> watchdog;

  /**
   * @param endpoint the server
   * @param watchdog the name of an alert that always fires
   */
  public AlertmanagerSignals(HttpEndpoint endpoint, Optional<String> watchdog) {
    this.api = new AlertsApi(endpoint);
    this.watchdog = watchdog;
  }

  /**
   * {@inheritDoc}
   *
   * @return Firing; Partial when nothing fires, the watchdog neither; Unavailable for the rest
   */
  @Override
  public Reading read(SignalQuery query, Window window) {
    if (!(query instanceof SignalQuery.FiringAlerts firing)) {
      return new Reading.Unavailable(
          "the source " + query.source() + " is an Alertmanager and was asked something else");
    }
    try {
      return firing(firing);
    } catch (PortException failed) {
      return new Reading.Unavailable(failed.getMessage());
    }
  }

  /** Whatever the windows, there is only one answer. */
  @Override
  public int windowsAtOnce() {
    return 1_000;
  }

  /** {@inheritDoc} Asked once: of each moment it would say what it says of this one. */
  @Override
  public List<Reading> readAll(SignalQuery query, List<Window> windows) {
    return Collections.nCopies(windows.size(), read(query, windows.get(windows.size() - 1)));
  }

  private Reading firing(SignalQuery.FiringAlerts query) throws PortException {
    List<Reading.Alert> alerts = api.firing(query.matchers());
    // An empty list comes from an Alertmanager that nobody feeds, too.
    if (alerts.isEmpty() && watchdog.isPresent() && !api.knows(watchdog.get())) {
      return new Reading.Partial(
          "the alert "
              + watchdog.get()
              + ", which always fires, does not: whoever evaluates alerts does not reach this"
              + " Alertmanager, so its silence proves nothing");
    }
    List<Reading.Alert> newest =
        alerts.stream()
            .sorted(Comparator.comparing(Reading.Alert::since).reversed())
            .limit(NAMED)
            .toList();
    return new Reading.Firing(alerts.size(), newest);
  }
}
