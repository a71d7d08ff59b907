package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.judge.Reading;
import rollout.plan.Check;
import rollout.plan.Durations;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.SignalQuery;
import rollout.plan.Template;
import rollout.plan.Window;
import rollout.port.Signals;
import rollout.sandbox.Sandbox;
import rollout.sandbox.Scenario;
import rollout.testing.Plans;

/**
 * The adapter over the sandbox's Prometheus: what {@link rollout.port.SignalsContractTest} asks of
 * every source, as far as the numbers can be the sandbox's own.
 */
class PrometheusSignalsOnSandboxTest {
  private static final Instant RAISED = Instant.parse("2026-11-22T10:00:00Z");
  private static final Window WINDOW = new Window(RAISED.plusSeconds(300), RAISED.plusSeconds(600));
  private static final String PRODUCTION = "production";

  private final Plan plan = Plans.checklist();
  private final HttpClient client = new HttpClient();
  private Instant now = RAISED;
  private Sandbox sandbox;

  private Signals signals(String scenario) {
    sandbox = new Sandbox(plan, Plans.FLAG, Scenario.parse(scenario, plan), () -> now, 7);
    sandbox.start();
    GateState half = GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("50%"));
    sandbox.gitLab(PRODUCTION).set(Plans.FLAG.value(), half);
    now = WINDOW.to();
    String url = sandbox.sandboxPlan().source("prometheus").url().text();
    return new PrometheusSignals(
        new HttpEndpoint(client, url, Credentials.bearer(token()), HttpLimits.DEFAULT));
  }

  private Secret token() {
    return Secret.of("any");
  }

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  private SignalQuery.Promql requests(Window window) {
    Check.Ratio ratio = (Check.Ratio) plan.guardrail("grpc-errors").check();
    return query(ratio.requests(), window, "");
  }

  private SignalQuery.Promql query(String template, Window window, String splitBy) {
    Map<String, String> values = new LinkedHashMap<>(plan.values(Plans.FLAG, PRODUCTION));
    values.put(Template.WINDOW, Durations.format(window.length()));
    String expression = Template.render(template, values, Template.Language.PROMQL);
    return new SignalQuery.Promql("prometheus", expression, splitBy);
  }

  @Test
  void aNumberIsReadAsItIs() {
    Signals signals = signals("healthy");

    assertEquals(
        new Reading.Value(sandbox.world().requests(PRODUCTION, WINDOW)),
        signals.read(requests(WINDOW), WINDOW));
  }

  @Test
  void aPastWindowIsAnsweredAsItWas() {
    Signals signals = signals("healthy");
    Window before = WINDOW.earlier(Duration.ofMinutes(1));
    now = WINDOW.to().plus(Duration.ofDays(1));

    assertEquals(
        new Reading.Value(sandbox.world().requests(PRODUCTION, before)),
        signals.read(requests(before), before));
  }

  @Test
  void nothingIsNoData() {
    SignalQuery.Promql unknown =
        new SignalQuery.Promql("prometheus", "sum(increase(requests_total[5m]))", "");

    assertEquals(
        new Reading.NoData("the query matched no series"),
        signals("healthy").read(unknown, WINDOW));
  }

  @Test
  void seriesAreToldApartByTheLabelThatWasAskedFor() {
    Signals signals = signals("healthy");
    String checks = plan.exposureCheck().orElseThrow().query();

    assertEquals(
        new Reading.Series(
            Map.of(
                "true", (double) sandbox.world().treated(PRODUCTION, WINDOW),
                "false", (double) sandbox.world().untreated(PRODUCTION, WINDOW))),
        signals.read(query(checks, WINDOW, "enabled"), WINDOW));
  }

  @Test
  void twoSeriesAreNoNumber() {
    String checks = plan.exposureCheck().orElseThrow().query();

    assertInstanceOf(
        Reading.Unavailable.class, signals("healthy").read(query(checks, WINDOW, ""), WINDOW));
  }

  @Test
  void aBrokenSourceIsAReadingAndPasses() {
    Signals signals = signals("outage@mid");
    assertInstanceOf(Reading.Unavailable.class, signals.read(requests(WINDOW), WINDOW));

    now = RAISED.plus(plan.judgement().maxGap().multipliedBy(2));
    assertInstanceOf(Reading.Value.class, signals.read(requests(WINDOW), WINDOW));
  }
}
