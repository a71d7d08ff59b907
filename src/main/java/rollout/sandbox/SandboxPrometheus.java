package rollout.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Source;

/**
 * A Prometheus that knows the queries of one plan and answers each from the {@link World}; any
 * other query finds no series. Shapes as in Prometheus' own OpenAPI description.
 */
public final class SandboxPrometheus implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_POINTS = 11_000;

  private final Catalogue catalogue;
  private final Outage outage;
  private final InstantSource clock;
  private final LoopbackServer server;

  /**
   * Starts to listen.
   *
   * @param source the one of the plan it stands for
   * @param clock what it takes for now
   * @throws IllegalArgumentException when nothing fills a placeholder of a query
   */
  public SandboxPrometheus(
      Plan plan, FlagName flag, Source.Prometheus source, World world, InstantSource clock) {
    this.catalogue = new Catalogue(plan, flag, world, source.name());
    this.outage = new Outage(plan, world);
    this.clock = clock;
    this.server = new LoopbackServer("sandbox-prometheus", this::answer);
  }

  /** Where it listens. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }

  private Reply answer(SandboxRequest request) {
    if (outage.isOn(clock.instant())) {
      return Reply.text(503, "text/plain; charset=utf-8", "Service Unavailable");
    }
    Map<String, String> fields = new LinkedHashMap<>(request.query());
    fields.putAll(request.form());
    try {
      return switch (request.path()) {
        case "/-/ready" -> text(200, "Prometheus Server is Ready.\n");
        case "/api/v1/query" -> success(instant(fields));
        case "/api/v1/query_range" -> success(range(fields));
        case "/api/v1/status/buildinfo" -> success(buildInfo());
        default -> text(404, "404 page not found\n");
      };
    } catch (IllegalArgumentException bad) {
      return badData(bad.getMessage());
    }
  }

  private ObjectNode instant(Map<String, String> fields) {
    String query = expression(fields);
    Instant time =
        Optional.ofNullable(fields.get("time")).map(PrometheusTimes::time).orElse(clock.instant());
    Optional<Map<Instant, Double>> scrapes = catalogue.scrapes(query, time);
    ArrayNode result = JSON.arrayNode();
    if (scrapes.isPresent()) {
      ArrayNode values = series(result, Map.of("pod", "sandbox-0")).putArray("values");
      scrapes.get().forEach((at, value) -> values.add(point(at, value)));
      return data("matrix", result);
    }
    for (Sample sample : samples(query, time)) {
      series(result, sample.labels()).set("value", point(time, sample.value()));
    }
    return data("vector", result);
  }

  private ObjectNode range(Map<String, String> fields) {
    String query = expression(fields);
    Instant end = PrometheusTimes.time(fields.getOrDefault("end", ""));
    Duration step = PrometheusTimes.step(fields.getOrDefault("step", ""));
    Map<Map<String, String>, ArrayNode> points = new LinkedHashMap<>();
    Instant time = PrometheusTimes.time(fields.getOrDefault("start", ""));
    if (Duration.between(time, end).dividedBy(step) > MOST_POINTS) {
      throw new IllegalArgumentException(
          "exceeded maximum resolution of 11,000 points per timeseries.");
    }
    for (; !time.isAfter(end); time = time.plus(step)) {
      for (Sample sample : samples(query, time)) {
        points
            .computeIfAbsent(sample.labels(), labels -> JSON.arrayNode())
            .add(point(time, sample.value()));
      }
    }
    ArrayNode result = JSON.arrayNode();
    points.forEach((labels, values) -> series(result, labels).set("values", values));
    return data("matrix", result);
  }

  private List<Sample> samples(String query, Instant time) {
    return query.equals("vector(1)") ? List.of(Sample.of(1)) : catalogue.answer(query, time);
  }

  private static ObjectNode buildInfo() {
    ObjectNode info = JSON.objectNode().put("version", "3.5.0-sandbox").put("revision", "sandbox");
    return info.put("branch", "HEAD")
        .put("buildUser", "rollout")
        .put("buildDate", "20260101-00:00:00")
        .put("goVersion", "none");
  }

  private static String expression(Map<String, String> fields) {
    String query = fields.getOrDefault("query", "");
    if (query.isBlank()) {
      throw new IllegalArgumentException(
          "invalid parameter \"query\": unknown position: parse error: no expression found in input");
    }
    return query.strip();
  }

  private static ObjectNode series(ArrayNode result, Map<String, String> labels) {
    ObjectNode series = result.addObject();
    labels.forEach(series.putObject("metric")::put);
    return series;
  }

  private static ArrayNode point(Instant time, double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return JSON.arrayNode()
        .add(BigDecimal.valueOf(time.toEpochMilli(), 3))
        .add(whole ? Long.toString((long) value) : Double.toString(value));
  }

  private static ObjectNode data(String type, ArrayNode result) {
    ObjectNode data = JSON.objectNode().put("resultType", type);
    data.set("result", result);
    return data;
  }

  private static Reply success(ObjectNode data) {
    ObjectNode body = JSON.objectNode().put("status", "success");
    body.set("data", data);
    return Reply.json(200, body);
  }

  private static Reply badData(String why) {
    ObjectNode body = JSON.objectNode().put("status", "error");
    return Reply.json(400, body.put("errorType", "bad_data").put("error", why));
  }

  private static Reply text(int status, String body) {
    return Reply.text(status, "text/plain; charset=utf-8", body);
  }
}
