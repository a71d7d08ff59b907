package rollout.sandbox;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.alertmanager.AlertmanagerHealth;
import rollout.adapter.alertmanager.AlertmanagerSignals;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.Plan;
import rollout.plan.SignalQuery;
import rollout.plan.Source;
import rollout.plan.Window;
import rollout.port.Health;
import rollout.testing.LogPlan;
import rollout.testing.Plans;
import rollout.testing.Schemas;

/** The sandbox's alerts, as the adapter reads them. */
class SandboxAlertmanagerTest {
  private static final SignalQuery QUERY =
      new SignalQuery.FiringAlerts("alerts", List.of("type=\"gitaly\"", "env=\"production\""));

  private final Plan plan = LogPlan.plan();
  private final History history = new History().set("production", ofHours(0), "5%");
  private final HttpClient client = new HttpClient();
  private Instant now = History.at(ofHours(1));
  private SandboxAlertmanager server;

  private void start(String scenario) {
    World world = new World(plan, Plans.FLAG, Scenario.parse(scenario, plan), history, 7);
    Source.Alertmanager source = (Source.Alertmanager) plan.source("alerts");
    server = new SandboxAlertmanager(plan, Plans.FLAG, source, world, () -> now);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void itIsQuietAndItsWatchdogFires() {
    start("healthy");

    assertEquals(new Reading.Firing(0, List.of()), read(QUERY, "Watchdog"));
    assertInstanceOf(Reading.Partial.class, read(QUERY, "AnotherDog"));
    List<Health.Finding> findings =
        new AlertmanagerHealth(endpoint(), Optional.of("Watchdog"), () -> now).examine();
    assertTrue(
        findings.stream()
            .filter(one -> !one.subject().equals("clock"))
            .allMatch(one -> one.wellness() == Health.Wellness.WELL),
        findings::toString);
  }

  @Test
  void theScenariosAlertFiresSoonAfterItsStage() {
    start("alert@low");

    Reading.Firing firing = assertInstanceOf(Reading.Firing.class, read(QUERY, "Watchdog"));
    assertEquals(1, firing.count());
    Instant since = firing.newest().get(0).since();
    assertTrue(since.isAfter(History.at(ofHours(0))), firing::toString);
    assertTrue(since.isBefore(History.at(ofMinutes(10))), firing::toString);
    now = since.minusSeconds(1);
    assertEquals(new Reading.Firing(0, List.of()), read(QUERY, "Watchdog"));
  }

  @Test
  void whatThePlanDoesNotAskForDoesNotFire() {
    start("alert@low");

    assertEquals(
        new Reading.Firing(0, List.of()),
        read(new SignalQuery.FiringAlerts("alerts", List.of("env=\"gstg\"")), "Watchdog"));
  }

  @Test
  void itSpeaksAsAlertmanagerDoes() throws Exception {
    start("alert@low");

    Schemas.assertFits(
        "alertmanager/alerts.schema.json",
        Probe.get(server.address(), "/api/v2/alerts", Map.of()).body());
    Schemas.assertFits(
        "alertmanager/status.schema.json",
        Probe.get(server.address(), "/api/v2/status", Map.of()).body());
    Schemas.assertFits(
        "alertmanager/error.schema.json",
        Probe.get(server.address(), "/api/v2/alerts", Map.of("filter", "type~gitaly")).body());
  }

  private Reading read(SignalQuery query, String watchdog) {
    return new AlertmanagerSignals(endpoint(), Optional.of(watchdog))
        .read(query, new Window(History.START, now));
  }

  private HttpEndpoint endpoint() {
    return new HttpEndpoint(
        client, server.address().toString(), Credentials.NONE, HttpLimits.DEFAULT);
  }
}
