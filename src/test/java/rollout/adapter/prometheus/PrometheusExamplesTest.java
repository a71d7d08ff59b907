package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;
import rollout.testing.Examples;

/** Every recorded body of Prometheus, read as the answer to a query. */
class PrometheusExamplesTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:05:00Z"));
  private static final Reading EMPTY = new Reading.NoData("the query matched no series");

  /** All others cannot be used, and say so. */
  private static final Map<String, Reading> READINGS =
      Map.ofEntries(
          Map.entry("query.200.empty.constructed.json", EMPTY),
          Map.entry("captured.empty.200.json", EMPTY),
          Map.entry("query.200.scalarResult.json", new Reading.Value(42)),
          Map.entry("query.200.scalar.constructed.json", new Reading.Value(0.0123)),
          Map.entry("captured.scalar.200.json", new Reading.Value(0.00001234)),
          Map.entry("query.200.exponent.constructed.json", new Reading.Value(0.000015)),
          Map.entry("query.200.nan.constructed.json", new Reading.Value(Double.NaN)),
          Map.entry("captured.nan.200.json", new Reading.Value(Double.NaN)),
          Map.entry(
              "query.200.plus-inf.constructed.json", new Reading.Value(Double.POSITIVE_INFINITY)),
          Map.entry("captured.plus-inf.200.json", new Reading.Value(Double.POSITIVE_INFINITY)),
          Map.entry(
              "query.200.minus-inf.constructed.json", new Reading.Value(Double.NEGATIVE_INFINITY)),
          Map.entry("captured.minus-inf.200.json", new Reading.Value(Double.NEGATIVE_INFINITY)),
          Map.entry(
              "query.200.partial-thanos.constructed.json",
              new Reading.Partial("Prometheus warned: No StoreAPIs matched for this query")),
          Map.entry(
              "query.200.warnings-infos.constructed.json",
              new Reading.Partial(
                  "Prometheus warned: PromQL warning: encountered a mix of histograms and floats"
                      + " for aggregation (1:5)")));

  private final FakePrometheus server = new FakePrometheus();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> eachIsTheReadingItShouldBe() {
    List<Examples> examples = Examples.of("prometheus");
    assertEquals(
        READINGS.size(),
        examples.stream().filter(example -> READINGS.containsKey(example.name())).count());
    return examples.stream()
        .map(example -> DynamicTest.dynamicTest(example.name(), () -> check(example)));
  }

  private void check(Examples example) {
    Reading reading = read(example, "");

    Reading expected = READINGS.get(example.name());
    if (expected != null) {
      assertEquals(expected, reading);
    } else {
      assertFalse(assertInstanceOf(Reading.Unavailable.class, reading).reason().isBlank());
    }
  }

  @Test
  void seriesAreToldApartByALabel() {
    assertEquals(
        new Reading.Series(Map.of("OK", 132.0, "Internal", 1.0)),
        read(example("captured.vector.200.json"), "grpc_code"));
  }

  @Test
  void rangesAreSamplesOrRefused() throws PortException {
    assertEquals(
        List.of(1.0, 1.0, 1.0),
        range("query-range.200.matrixResult.json").stream().map(Sample::value).toList());
    assertEquals(
        Instant.ofEpochMilli(1795349642806L), range("captured.matrix.200.json").get(0).at());
    for (String bad :
        List.of(
            "query-range.200.histogramResult.json",
            "query-range.200.matrix.doc.json",
            "query-range.default.tsdbNotReady.json",
            "captured.bad-data-too-many-points.400.json",
            "captured.bad-data-step-zero.400.json")) {
      assertThrows(PortException.class, () -> range(bad), bad);
    }
  }

  private List<Sample> range(String name) throws PortException {
    serve(example(name));
    return signals().range("up", WINDOW.from(), WINDOW.to(), Duration.ofMinutes(1));
  }

  private static Examples example(String name) {
    return Examples.of("prometheus").stream()
        .filter(example -> name.equals(example.name()))
        .findFirst()
        .orElseThrow();
  }

  private Reading read(Examples example, String splitBy) {
    serve(example);
    return signals().read(new SignalQuery.Promql("prometheus", "up", splitBy), WINDOW);
  }

  private void serve(Examples example) {
    String type = example.name().endsWith(".json") ? "application/json" : "text/plain";
    server.alwaysSays(example.status(), type, example.body());
  }

  private PrometheusSignals signals() {
    return new PrometheusSignals(
        new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT));
  }
}
