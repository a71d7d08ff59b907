package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;

class PrometheusSignalsTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Window WINDOW = new Window(START, START.plusMillis(300_123));
  private static final SignalQuery.Promql QUERY =
      new SignalQuery.Promql("prometheus", "sum(increase(c{a=\"x+y & z\"}[5m]))", "");

  private final FakePrometheus server = new FakePrometheus();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void asksByFormForTheEndOfTheWindow() {
    signals(Credentials.NONE).read(QUERY, WINDOW);

    FakePrometheus.Asked asked = server.asked().get(0);
    assertEquals("POST /prometheus/api/v1/query", asked.method() + " " + asked.path());
    assertNull(asked.request().getUrl().encodedQuery());
    assertEquals(
        Map.of(
            "query", QUERY.expression(),
            "time", "1795341900.123",
            "timeout", "10s",
            "partial_response", "false",
            "dedup", "true"),
        asked.form());
  }

  @Test
  void sendsWhatIdentifiesUs() {
    signals(Credentials.bearer(Secret.of("s3cret")).with("X-Scope-OrgID", Secret.of("tenant")))
        .read(QUERY, WINDOW);

    var headers = server.asked().get(0).request().getHeaders();
    assertEquals("Bearer s3cret", headers.get("Authorization"));
    assertEquals("tenant", headers.get("X-Scope-OrgID"));
  }

  @Test
  void severalSeriesAreNamed() {
    says(
        FakePrometheus.vector(
            FakePrometheus.item("{\"job\":\"a\"}", "1"),
            FakePrometheus.item("{\"job\":\"b\"}", "2")));

    String reason = unavailable();
    assertTrue(
        reason.contains("gives 2 series, such as {\"job\":\"a\"} and {\"job\":\"b\"}"), reason);
    assertTrue(reason.contains("sum()"), reason);
  }

  @Test
  void aRepeatedLabelValueIsNoSplit() {
    says(
        FakePrometheus.vector(
            FakePrometheus.item("{\"enabled\":\"true\",\"job\":\"a\"}", "1"),
            FakePrometheus.item("{\"enabled\":\"true\",\"job\":\"b\"}", "2")));

    Reading reading =
        signals(Credentials.NONE)
            .read(new SignalQuery.Promql("prometheus", QUERY.expression(), "enabled"), WINDOW);

    assertInstanceOf(Reading.Unavailable.class, reading);
  }

  @Test
  void anErrorIsToldInPrometheussWords() {
    server.alwaysSays(
        422,
        "application/json",
        "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many samples\"}");

    assertEquals(
        "asked Prometheus at "
            + server.url()
            + " for "
            + QUERY.expression()
            + ", and it answered 422: execution: too many samples; correct the query",
        unavailable());
  }

  @Test
  void aPageInAnErrorsPlaceIsOnlyNamed() {
    server.alwaysSays(
        503, "text/html", "<html><head><title>503 no server</title></head><p>x</p></html>");

    String reason = unavailable();
    assertTrue(reason.contains("answered 503: an HTML page \"503 no server\""), reason);
    assertTrue(reason.endsWith("it is asked again at the next look"), reason);
  }

  @Test
  void aPageWithStatus200IsNoAnswer() {
    server.alwaysSays(200, "text/html", "<html><title>Sign in</title></html>");

    assertTrue(unavailable().contains("look at the source's url"));
  }

  @Test
  void bodiesThatAreNoAnswerAreNeverAValue() {
    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"status\":\"success\"}",
            "{\"status\":\"success\",\"data\":null}",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":null}}",
            "{\"status\":\"error\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[]}}",
            FakePrometheus.vector("{}"),
            FakePrometheus.vector(FakePrometheus.item("{}", "0x1p3")),
            FakePrometheus.vector(FakePrometheus.item("{}", "12d")),
            FakePrometheus.vector(FakePrometheus.item("{}", "1.2.3")),
            FakePrometheus.EMPTY + "x")) {
      server.alwaysSays(200, "application/json", body);

      assertInstanceOf(
          Reading.Unavailable.class, signals(Credentials.NONE).read(QUERY, WINDOW), body);
    }
  }

  @Test
  void noServerIsAReading() {
    HttpEndpoint nobody =
        new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT);
    server.close();

    assertInstanceOf(Reading.Unavailable.class, new PrometheusSignals(nobody).read(QUERY, WINDOW));
  }

  @Test
  void aQueryForAnotherKindOfSourceIsRefused() {
    SignalQuery sentry =
        new SignalQuery.SentryIssues("prometheus", "p", "", SignalQuery.Count.EVENTS);

    assertInstanceOf(Reading.Unavailable.class, signals(Credentials.NONE).read(sentry, WINDOW));
  }

  @Test
  void theSecretIsNotInTheReason() {
    server.alwaysSays(401, "text/plain", "s3cret is not welcome");

    Reading.Unavailable reading =
        assertInstanceOf(
            Reading.Unavailable.class,
            signals(Credentials.bearer(Secret.of("s3cret"))).read(QUERY, WINDOW));
    assertTrue(reading.reason().contains("*** is not welcome"), reading.reason());
    assertTrue(reading.reason().contains("look at the source's token"), reading.reason());
  }

  @Test
  void aRangeIsAListOfSamples() throws PortException {
    server.alwaysSays(
        200,
        "application/json",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},"
            + "\"values\":[[1795341600,\"1\"],[1795341660.5,\"NaN\"]]}]}}");

    List<Sample> samples = range();

    assertEquals(
        List.of(
            new Sample(Instant.ofEpochSecond(1795341600), 1),
            new Sample(Instant.ofEpochMilli(1795341660500L), Double.NaN)),
        samples);
    FakePrometheus.Asked asked = server.asked().get(0);
    assertEquals("/prometheus/api/v1/query_range", asked.path());
    assertEquals("1795341600.000", asked.form().get("start"));
    assertEquals("1795342200.000", asked.form().get("end"));
    assertEquals("60.000", asked.form().get("step"));
  }

  @Test
  void aRangeThatMatchesNothingIsEmpty() throws PortException {
    server.alwaysSays(200, "application/json", FakePrometheus.EMPTY.replace("vector", "matrix"));

    assertEquals(List.of(), range());
  }

  @Test
  void aRangeWithWarningsIsNoHistory() {
    server.alwaysSays(
        200,
        "application/json",
        FakePrometheus.EMPTY
            .replace("vector", "matrix")
            .replaceFirst("}$", ",\"warnings\":[\"half\"]}"));

    assertThrows(PortException.class, this::range);
  }

  @Test
  void aRangeOfTooManyPointsIsNotAsked() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            signals(Credentials.NONE)
                .range("c", START, START.plusSeconds(11_000), Duration.ofSeconds(1)));
    assertEquals(List.of(), server.asked());
  }

  private List<Sample> range() throws PortException {
    return signals(Credentials.NONE)
        .range("c", START, START.plusSeconds(600), Duration.ofMinutes(1));
  }

  private String unavailable() {
    return assertInstanceOf(
            Reading.Unavailable.class, signals(Credentials.NONE).read(QUERY, WINDOW))
        .reason();
  }

  private void says(String body) {
    server.says(QUERY.expression(), WINDOW.to(), body);
  }

  private PrometheusSignals signals(Credentials credentials) {
    return new PrometheusSignals(
        new HttpEndpoint(client, server.url(), credentials, HttpLimits.DEFAULT));
  }
}
