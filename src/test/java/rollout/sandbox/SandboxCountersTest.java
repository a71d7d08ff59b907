package rollout.sandbox;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.prometheus.PrometheusSignals;
import rollout.config.PlanReader;
import rollout.judge.Reading;
import rollout.plan.CounterSum;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.SignalQuery;
import rollout.plan.Source;
import rollout.plan.Window;

/** Counters that a plan names bare, as the adapter counts them in the sandbox. */
class SandboxCountersTest {
  private static final FlagName FLAG = new FlagName("gitaly_x");
  private static final String REQUESTS = "x_count{env=\"gprd\"}";
  private static final String SLOW = REQUESTS + " - x_bucket{env=\"gprd\",le=\"0.5\"}";

  private final Plan plan =
      PlanReader.read(
              "rollout.yaml",
              """
              version: 1
              environments: { production: { url: https://g.example, variables: { env: gprd } } }
              sources: { p: { type: prometheus, url: https://p.example } }
              guardrails:
                - name: slow
                  source: p
                  errors: x_count{env="{{env}}"} - x_bucket{env="{{env}}",le="0.5"}
                  requests: x_count{env="{{env}}"}
                  max_ratio: 1%
              stages: [{ name: low, environment: production, exposure: 5%, bake: 1h }]
              """)
          .readable();
  private final History history = new History().set("production", ofHours(0), "5%");
  private final World world = new World(plan, FLAG, Scenario.parse("errors@low", plan), history, 7);
  private final SandboxPrometheus server =
      new SandboxPrometheus(
          plan, FLAG, (Source.Prometheus) plan.source("p"), world, () -> History.at(ofHours(2)));
  private final HttpClient client = new HttpClient();
  private final PrometheusSignals signals =
      new PrometheusSignals(
          new HttpEndpoint(
              client, server.address().toString(), Credentials.NONE, HttpLimits.DEFAULT));

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void countersGrowByWhatHappens() {
    Window window = new Window(History.at(ofMinutes(30)), History.at(ofMinutes(35)));

    assertEquals(world.requests("production", window), counted(REQUESTS, window), 0.5);
    assertEquals(world.errors("production", window), counted(SLOW, window), 2);
  }

  @Test
  void windowsSideBySideAddUp() {
    List<Window> minutes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      minutes.add(new Window(History.at(ofMinutes(i)), History.at(ofMinutes(i + 1))));
    }
    double sum =
        signals.readAll(query(SLOW), minutes).stream()
            .mapToDouble(one -> ((Reading.Value) one).value())
            .sum();

    Window all = new Window(History.at(Duration.ZERO), History.at(ofMinutes(30)));
    assertEquals(world.errors("production", all), sum, 2);
  }

  private double counted(String counters, Window window) {
    return assertInstanceOf(Reading.Value.class, signals.read(query(counters), window)).value();
  }

  private static SignalQuery query(String counters) {
    return new SignalQuery.Counted("p", CounterSum.parse(counters).orElseThrow());
  }
}
