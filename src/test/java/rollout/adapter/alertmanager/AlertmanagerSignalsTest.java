package rollout.adapter.alertmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Health;
import rollout.testing.Shared;

class AlertmanagerSignalsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T11:00:00Z");
  private static final Window WINDOW = new Window(NOW.minusSeconds(300), NOW);
  private static final SignalQuery QUERY =
      new SignalQuery.FiringAlerts("alerts", List.of("type=\"gitaly\"", "env=\"gprd\""));

  private final FakeAlertmanager server = new FakeAlertmanager();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void asksForWhatFiresAndIsNotSilenced() {
    signals(Optional.empty()).read(QUERY, WINDOW);

    var url = server.asked().get(0);
    assertEquals("/api/v2/alerts", url.encodedPath());
    assertEquals(List.of("type=\"gitaly\"", "env=\"gprd\""), url.queryParameterValues("filter"));
    assertEquals("true", url.queryParameter("active"));
    assertEquals("false", url.queryParameter("silenced"));
    assertEquals("false", url.queryParameter("inhibited"));
    assertEquals(1, server.asked().size());
  }

  @Test
  void theWatchdogIsAskedForOnlyWhenNothingFires() {
    server.fires(FakeAlertmanager.alert("A", "2026-11-22T10:31:00.000Z"));
    signals(Optional.of("Watchdog")).read(QUERY, WINDOW);
    assertEquals(1, server.asked().size());

    server.fires(FakeAlertmanager.NONE);
    signals(Optional.of("Watchdog")).read(QUERY, WINDOW);
    assertEquals(3, server.asked().size());
    assertEquals("alertname=\"Watchdog\"", server.asked().get(2).queryParameter("filter"));
  }

  @Test
  void recordedAnswersAreRead() throws IOException {
    server.fires(example("captured.alerts-gitaly.200.json"));
    assertEquals(
        new Reading.Firing(
            1,
            List.of(
                new Reading.Alert(
                    "GitalyServiceGoserverErrorSLOViolation",
                    Instant.parse("2026-11-22T12:13:27.640Z")))),
        signals(Optional.empty()).read(QUERY, WINDOW));

    server.fires(example("captured.alerts-no-match.200.json"));
    assertEquals(new Reading.Firing(0, List.of()), signals(Optional.empty()).read(QUERY, WINDOW));
  }

  @Test
  void errorsAreBareTexts() throws IOException {
    server.alwaysSays(400, "application/json", example("captured.bad-matcher.400.json"));
    assertUnavailable("answered 400: bad matcher format: type~gitaly; correct the matchers");
    server.alwaysSays(500, "application/json", example("error.500.json"));
    assertUnavailable("answered 500: failed to get alerts; it is asked again");
    server.alwaysSays(404, "text/plain", "404 page not found");
    assertUnavailable("look at the source's url: /api/v2/alerts is looked for below it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"status\":\"success\"} | is no list of alerts",
        "<html><title>Sign in</title></html> | should be JSON",
        "[{\"labels\":{\"alertname\":\"A\"}}] | does not say since when",
      })
  void whatIsNoListOfAlertsCannotBeUsed(String body, String part) {
    server.fires(body);

    assertUnavailable(part);
  }

  @Test
  void ofAStormOnlyTheNewestAreNamed() {
    String many =
        IntStream.range(0, 50)
            .mapToObj(i -> FakeAlertmanager.alert("A" + i, NOW.minusSeconds(i).toString()))
            .map(list -> list.substring(1, list.length() - 1))
            .collect(Collectors.joining(",", "[", "]"));
    server.fires(many);

    Reading.Firing firing =
        assertInstanceOf(Reading.Firing.class, signals(Optional.empty()).read(QUERY, WINDOW));
    assertEquals(50, firing.count());
    assertEquals(20, firing.newest().size());
    assertEquals("A0", firing.newest().get(0).name());
  }

  @Test
  void manyMomentsAreOneRequest() {
    signals(Optional.empty()).readAll(QUERY, Collections.nCopies(60, WINDOW));

    assertEquals(1, server.asked().size());
  }

  @Test
  void healthSaysWhetherItsSilenceMeansAnything() {
    assertEquals(Health.Wellness.WELL, watchdog(Optional.of("Watchdog")).wellness());
    assertEquals(Health.Wellness.DOUBTFUL, watchdog(Optional.empty()).wellness());
    server.hasNoWatchdog();
    assertEquals(Health.Wellness.ILL, watchdog(Optional.of("Watchdog")).wellness());
  }

  private Health.Finding watchdog(Optional<String> name) {
    return new AlertmanagerHealth(endpoint(), name, () -> NOW)
        .examine().stream()
            .filter(one -> one.subject().equals("watchdog"))
            .findFirst()
            .orElseThrow();
  }

  private void assertUnavailable(String part) {
    Reading.Unavailable reading =
        assertInstanceOf(Reading.Unavailable.class, signals(Optional.empty()).read(QUERY, WINDOW));
    assertTrue(reading.reason().contains(part), reading.reason());
  }

  private AlertmanagerSignals signals(Optional<String> watchdog) {
    return new AlertmanagerSignals(endpoint(), watchdog);
  }

  private HttpEndpoint endpoint() {
    return new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT);
  }

  private static String example(String name) throws IOException {
    return Files.readString(Shared.require("data/schemas/alertmanager/examples/" + name));
  }
}
