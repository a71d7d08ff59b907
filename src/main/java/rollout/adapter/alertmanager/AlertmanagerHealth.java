package rollout.adapter.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.port.ClockSkew;
import rollout.port.Health;
import rollout.port.PortException;

/** Looks whether an Alertmanager answers us, and whether its silence would mean anything. */
public final class AlertmanagerHealth implements Health {
  private final AlertsApi api;
  private final Optional<String> watchdog;
  private final InstantSource clock;

  /**
   * @param watchdog the name of an alert that always fires
   * @param clock for comparing it with the server's
   */
  public AlertmanagerHealth(HttpEndpoint endpoint, Optional<String> watchdog, InstantSource clock) {
    this.api = new AlertsApi(endpoint);
    this.watchdog = watchdog;
    this.clock = clock;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    try {
      HttpAnswer status = api.status();
      Instant here = clock.instant();
      findings.add(new Finding(Wellness.WELL, "reached", api.address() + version(status)));
      findings.add(query());
      findings.add(watchdog());
      findings.add(ClockSkew.finding(status.date(), here));
    } catch (PortException failed) {
      findings.add(new Finding(Wellness.ILL, subject(failed), failed.getMessage()));
    }
    return findings;
  }

  private static String subject(PortException failed) {
    return failed.status() == 401 || failed.status() == 403 ? "token" : "reached";
  }

  private static String version(HttpAnswer status) {
    try {
      JsonNode version = status.json().path("versionInfo").path("version");
      return version.isTextual() ? ", version " + HttpAnswer.oneLine(version.asText()) : "";
    } catch (HttpFailure notJson) {
      return "";
    }
  }

  private Finding query() throws PortException {
    return new Finding(Wellness.WELL, "query", api.firing(List.of()).size() + " alerts fire");
  }

  private Finding watchdog() throws PortException {
    if (watchdog.isEmpty()) {
      return new Finding(
          Wellness.DOUBTFUL,
          "watchdog",
          "none is named: an Alertmanager that nobody feeds says the same as a healthy one; give"
              + " the source the name of an alert that always fires");
    }
    return api.knows(watchdog.get())
        ? new Finding(Wellness.WELL, "watchdog", watchdog.get() + " fires, as it should")
        : new Finding(
            Wellness.ILL,
            "watchdog",
            watchdog.get()
                + " does not fire: nobody feeds this Alertmanager, or the alert has another name");
  }
}
