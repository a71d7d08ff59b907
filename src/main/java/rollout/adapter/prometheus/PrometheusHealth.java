package rollout.adapter.prometheus;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.judge.Reading;
import rollout.port.ClockSkew;
import rollout.port.Health;
import rollout.port.PortException;

/**
 * Looks whether a Prometheus answers us. Asks {@code vector(1)}: readiness has another address in
 * each flavour, this works everywhere.
 */
public final class PrometheusHealth implements Health {
  private static final String ONE = "vector(1)";

  private final HttpEndpoint endpoint;
  private final QueryApi api;
  private final InstantSource clock;

  /**
   * @param clock for comparing it with the server's
   */
  public PrometheusHealth(HttpEndpoint endpoint, InstantSource clock) {
    this.endpoint = endpoint;
    this.api = new QueryApi(endpoint);
    this.clock = clock;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    try {
      HttpAnswer build = endpoint.send(HttpAsk.get("api", "v1", "status", "buildinfo"));
      Instant here = clock.instant();
      findings.add(new Finding(Wellness.WELL, "reached", version(build)));
      findings.add(query());
      findings.add(ClockSkew.finding(build.date(), here));
    } catch (HttpFailure failure) {
      findings.add(new Finding(Wellness.ILL, "reached", failure.getMessage()));
    }
    return findings;
  }

  /** Not every flavour tells its version; that is no fault. */
  private String version(HttpAnswer build) {
    try {
      String version = build.json().path("data").path("version").asText("");
      return endpoint.address()
          + (version.isEmpty() ? "" : ", version " + HttpAnswer.oneLine(version));
    } catch (HttpFailure notJson) {
      return endpoint.address();
    }
  }

  private Finding query() {
    try {
      Reading reading = InstantAnswer.read(api.at(ONE, clock.instant()), "");
      return reading.equals(new Reading.Value(1))
          ? new Finding(Wellness.WELL, "query", ONE + " is 1")
          : new Finding(
              Wellness.ILL,
              "query",
              ONE + " gave " + reading + " instead of 1; is a Prometheus behind this url?");
    } catch (PortException failed) {
      boolean token = failed.status() == 401 || failed.status() == 403;
      return new Finding(Wellness.ILL, token ? "token" : "query", failed.getMessage());
    }
  }
}
