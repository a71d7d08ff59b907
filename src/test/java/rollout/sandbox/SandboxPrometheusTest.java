package rollout.sandbox;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.plan.Check;
import rollout.plan.Plan;
import rollout.plan.Source;
import rollout.plan.Template;
import rollout.testing.Plans;
import rollout.testing.Schemas;

class SandboxPrometheusTest {
  private static final String QUERY = "prometheus/query.schema.json";

  private final Plan plan = Plans.checklist();
  private final History history =
      new History().set("staging", ofHours(-1), "100%").set("production", ofHours(0), "50%");
  private Instant now = History.at(ofHours(1));
  private World world;
  private SandboxPrometheus server;

  private void start(String scenario) {
    world = new World(plan, Plans.FLAG, Scenario.parse(scenario, plan), history, 7);
    Source.Prometheus source = (Source.Prometheus) plan.source("prometheus");
    server = new SandboxPrometheus(plan, Plans.FLAG, source, world, () -> now);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"staging", "production"})
  void answersErrorsAndRequestsOfEachEnvironmentFromTheWorld(String environment) throws Exception {
    start("errors@mid");
    Check.Ratio ratio = (Check.Ratio) plan.guardrail("grpc-errors").check();
    var window = History.window(ofMinutes(55), ofMinutes(60));
    assertEquals(
        world.requests(environment, window),
        number(ask(rendered(ratio.requests(), environment, "5m"))));
    assertEquals(
        world.errors(environment, window),
        number(ask(rendered(ratio.errors(), environment, "5m"))));
  }

  @Test
  void aHealthyServiceHasNoSeriesOfErrors() throws Exception {
    start("healthy");
    Check.Ratio ratio = (Check.Ratio) plan.guardrail("grpc-errors").check();
    assertEquals(0, ask(rendered(ratio.errors(), "staging", "100ms")).size());
    assertEquals(1, ask(rendered(ratio.requests(), "staging", "5m")).size());
  }

  @Test
  void aLatencyIsWithinItsLimitUntilItIsHarmed() throws Exception {
    String query = ((Check.Value) plan.guardrail("p99").check()).query();
    start("healthy");
    double healthy = number(ask(rendered(query, "production", "5m")));
    server.close();
    start("latency@mid");
    double harmed = number(ask(rendered(query, "production", "5m")));
    assertTrue(healthy > 0.1 && healthy < 0.3, () -> healthy + " s");
    assertTrue(harmed > 0.5, () -> harmed + " s");
  }

  @Test
  void theExposureCheckHasOneSeriesForEachAnswer() throws Exception {
    start("healthy");
    JsonNode series = ask(rendered(plan.exposureCheck().get().query(), "production", "15m"));
    assertEquals("true", series.at("/0/metric/enabled").asText());
    assertEquals("false", series.at("/1/metric/enabled").asText());
    double on = series.at("/0/value/1").asDouble();
    assertEquals(0.9375, on / (on + series.at("/1/value/1").asDouble()), 0.01);
  }

  @Test
  void whenNobodyUsesItOnlyNoIsAnswered() throws Exception {
    start("nobody-uses-it@mid");
    JsonNode series = ask(rendered(plan.exposureCheck().get().query(), "production", "15m"));
    assertEquals(1, series.size());
    assertEquals("false", series.at("/0/metric/enabled").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "sum(increase(gitaly_service_client_requests_total[5m]))", "1 +"})
  void whatThePlanDoesNotAskFindsNothing(String query) throws Exception {
    start("healthy");
    assertEquals(0, ask(query).size());
  }

  @Test
  void aVectorOfOneIsOne() throws Exception {
    start("healthy");
    assertEquals(1.0, number(ask("vector(1)")));
  }

  @Test
  void aRangeIsTheSameAsItsInstants() throws Exception {
    start("healthy");
    Check.Ratio ratio = (Check.Ratio) plan.guardrail("grpc-errors").check();
    String query = rendered(ratio.requests(), "production", "1m");
    Map<String, String> range = new LinkedHashMap<>();
    range.put("query", query);
    range.put("start", History.at(ofMinutes(50)).toString());
    range.put("end", History.at(ofMinutes(60)).toString());
    range.put("step", "60");
    var answer = Probe.get(server.address(), "/api/v1/query_range", range);
    Schemas.assertFits("prometheus/query-range.schema.json", answer.body());
    JsonNode values = Probe.json(answer).at("/data/result/0/values");
    assertEquals(11, values.size());
    assertEquals(number(ask(query)), values.at("/10/1").asDouble());
  }

  @Test
  void goesAwayWithTheStageAndComesBackAfterMaxGap() throws Exception {
    start("outage@mid");
    Duration gap = plan.judgement().maxGap();
    now = History.at(ofSeconds(-1));
    assertEquals(200, ready());
    now = History.at(ofSeconds(0));
    assertEquals(503, ready());
    now = History.at(gap.plusSeconds(1));
    assertEquals(503, ready());
    now = History.at(gap.multipliedBy(2));
    assertEquals(200, ready());
  }

  @Test
  void saysWhatIsWrongWithARequestAsPrometheusDoes() throws Exception {
    start("healthy");
    for (Map<String, String> bad :
        List.of(Map.<String, String>of(), Map.of("query", "up", "time", "yesterday"))) {
      var answer = Probe.get(server.address(), "/api/v1/query", bad);
      assertEquals(400, answer.statusCode());
      Schemas.assertFits("prometheus/error.schema.json", answer.body());
    }
    assertEquals(404, Probe.get(server.address(), "/api/v2/query", Map.of()).statusCode());
  }

  @Test
  void saysWhatItIs() throws Exception {
    start("healthy");
    var answer = Probe.get(server.address(), "/api/v1/status/buildinfo", Map.of());
    Schemas.assertFits("prometheus/buildinfo.schema.json", answer.body());
  }

  private int ready() throws IOException, InterruptedException {
    return Probe.get(server.address(), "/-/ready", Map.of()).statusCode();
  }

  private String rendered(String template, String environment, String window) {
    Map<String, String> values = new LinkedHashMap<>(plan.values(Plans.FLAG, environment));
    values.put(Template.WINDOW, window);
    return Template.render(template, values, Template.Language.PROMQL);
  }

  /** By form and by address, which must say the same. */
  private JsonNode ask(String query) throws IOException, InterruptedException {
    Map<String, String> fields =
        Map.of("query", query, "time", Long.toString(History.at(ofHours(1)).getEpochSecond()));
    HttpResponse<String> posted = Probe.post(server.address(), "/api/v1/query", "t", fields);
    HttpResponse<String> got = Probe.get(server.address(), "/api/v1/query", fields);
    assertEquals(200, posted.statusCode());
    assertEquals(posted.body(), got.body());
    Schemas.assertFits(QUERY, posted.body());
    return Probe.json(posted).at("/data/result");
  }

  private static double number(JsonNode series) {
    assertEquals(1, series.size());
    return series.at("/0/value/1").asDouble();
  }
}
