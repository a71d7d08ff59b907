package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;
import rollout.testing.RealPrometheus;
import rollout.testing.RemoteWrite;

/**
 * A Prometheus whose second store is gone answers 200 with what the first one has, and warns. That
 * is half an answer.
 */
class RealPrometheusWarningsTest {
  @RegisterExtension
  static final RealPrometheus PROMETHEUS =
      new RealPrometheus("remote_read:\n  - url: http://127.0.0.1:1/read\n    read_recent: true\n");

  private static final HttpClient CLIENT = new HttpClient();
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MINUTES);
  private static final Window LAST = new Window(NOW.minus(Duration.ofMinutes(5)), NOW);

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void halfAnAnswerIsPartial() {
    PROMETHEUS.write(new RemoteWrite().series("requests_total", Map.of(), Map.of(NOW, 7.0)));

    assertInstanceOf(Reading.Partial.class, read("sum(requests_total)"));
    assertInstanceOf(Reading.Partial.class, read("sum(never_heard_of_total)"));
    assertThrows(
        PortException.class,
        () -> signals().range("sum(requests_total)", LAST.from(), NOW, Duration.ofMinutes(1)));
  }

  private static Reading read(String query) {
    return signals().read(new SignalQuery.Promql("prometheus", query, ""), LAST);
  }

  private static PrometheusSignals signals() {
    return new PrometheusSignals(
        new HttpEndpoint(CLIENT, PROMETHEUS.url(), Credentials.NONE, HttpLimits.DEFAULT));
  }
}
