package rollout.adapter.prometheus;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Signals;
import rollout.port.SignalsContractTest;

class PrometheusSignalsContractTest extends SignalsContractTest {
  private final FakePrometheus server = new FakePrometheus();
  private final HttpClient client = new HttpClient();
  private final Signals signals =
      new PrometheusSignals(
          new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT));

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Override
  protected Signals signals() {
    return signals;
  }

  @Override
  protected void has(SignalQuery.Promql query, Window window, double value) {
    says(query, window, FakePrometheus.item("{}", FakePrometheus.number(value)));
  }

  @Override
  protected void has(SignalQuery.Promql query, Window window, Map<String, Double> values) {
    says(
        query,
        window,
        values.entrySet().stream()
            .map(
                entry ->
                    FakePrometheus.item(
                        "{\"" + query.splitBy() + "\":\"" + entry.getKey() + "\"}",
                        FakePrometheus.number(entry.getValue())))
            .toArray(String[]::new));
  }

  @Override
  protected void hasNothing(SignalQuery.Promql query, Window window) {
    says(query, window);
  }

  @Override
  protected void hasTwoSeries(SignalQuery.Promql query, Window window) {
    says(
        query,
        window,
        FakePrometheus.item("{\"job\":\"a\"}", "1"),
        FakePrometheus.item("{\"job\":\"b\"}", "2"));
  }

  @Override
  protected void breaksDown() {
    server.alwaysSays(502, "text/html", "<html><title>502 Bad Gateway</title></html>");
  }

  private void says(SignalQuery.Promql query, Window window, String... items) {
    server.says(query.expression(), window.to(), FakePrometheus.vector(items));
  }
}
