package rollout.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import rollout.judge.Reading;

/**
 * An Elasticsearch that holds the entries of one moment and answers searches with bodies like those
 * that were recorded; or answers with what a test gave it.
 */
final class FakeElasticsearch implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Reading.Split NONE =
      new Reading.Split(new Reading.Counts(0, 0), new Reading.Counts(0, 0));

  private final MockWebServer server = new MockWebServer();
  private final List<JsonNode> searches = new CopyOnWriteArrayList<>();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final Map<String, MockResponse> pages = new ConcurrentHashMap<>();
  private final String errors;
  private volatile Instant at = Instant.EPOCH;
  private volatile Reading.Split entries = NONE;
  private volatile boolean others;
  private volatile MockResponse always;

  /**
   * @param errors the search that finds what failed
   */
  FakeElasticsearch(String errors) {
    this.errors = errors;
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    try {
      server.start();
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  String url() {
    return server.url("/es").toString();
  }

  /** Has these entries at this moment, and no others. */
  void has(Instant moment, Reading.Split these) {
    always = null;
    others = false;
    at = moment;
    entries = these;
  }

  /** Has entries at this moment that no search finds. */
  void hasOthers(Instant moment) {
    has(moment, NONE);
    others = true;
  }

  /** Answers every search so. */
  void alwaysSays(int status, String contentType, String body) {
    always = response(status, contentType, body);
  }

  /** Answers a path so. */
  void says(String path, int status, String body) {
    pages.put("/es" + path, response(status, "application/json", body));
  }

  /** The bodies of all searches, oldest first. */
  List<JsonNode> searches() {
    return List.copyOf(searches);
  }

  List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.close();
  }

  private MockResponse answer(RecordedRequest request) {
    requests.add(request);
    String path = request.getUrl().encodedPath();
    if (!path.endsWith("/_search")) {
      return pages.getOrDefault(path, response(404, "text/html", "<html>not found</html>"));
    }
    try {
      JsonNode search = MAPPER.readTree(request.getBody().utf8());
      searches.add(search);
      return always != null ? always : response(200, "application/json", found(search).toString());
    } catch (IOException noJson) {
      return response(400, "application/json", "{\"error\":\"no JSON\",\"status\":400}");
    }
  }

  private ObjectNode found(JsonNode search) {
    ObjectNode body = MAPPER.createObjectNode().put("took", 3).put("timed_out", false);
    body.putObject("_shards")
        .put("total", 5)
        .put("successful", 5)
        .put("skipped", 0)
        .put("failed", 0);
    JsonNode range = first(search, "range").elements().next();
    long total = matching(search, range.path("gte").asText(), range.path("lt").asText());
    ObjectNode hits = body.putObject("hits");
    hits.putObject("total").put("value", total).put("relation", "eq");
    hits.putArray("hits");
    JsonNode aggregations = search.path("aggs");
    if (aggregations.has("windows")) {
      ObjectNode buckets = body.putObject("aggregations").putObject("windows").putObject("buckets");
      for (JsonNode window : aggregations.path("windows").path("date_range").path("ranges")) {
        String from = window.path("from").asText();
        String to = window.path("to").asText();
        ObjectNode bucket = buckets.putObject(window.path("key").asText());
        bucket.put("doc_count", matching(search, from, to));
        if (aggregations.path("windows").has("aggs")) {
          bucket.set("arm", arms(from, to));
        }
      }
    } else if (aggregations.has("arm")) {
      body.putObject("aggregations")
          .set("arm", arms(range.path("gte").asText(), range.path("lt").asText()));
    }
    return body;
  }

  private long matching(JsonNode search, String from, String to) {
    if (!isIn(from, to)) {
      return 0;
    }
    JsonNode query = first(search.path("query"), "query_string");
    if (query.isMissingNode()) {
      return others ? 7 : (long) (entries.treated().requests() + entries.control().requests());
    }
    return query.path("query").asText().equals(errors)
        ? (long) (entries.treated().errors() + entries.control().errors())
        : (long) (entries.treated().requests() + entries.control().requests());
  }

  private ObjectNode arms(String from, String to) {
    Reading.Split split = isIn(from, to) ? entries : NONE;
    ObjectNode arm = MAPPER.createObjectNode();
    ObjectNode buckets = arm.putObject("buckets");
    arm(buckets.putObject("off"), split.control());
    arm(buckets.putObject("on"), split.treated());
    return arm;
  }

  private static void arm(ObjectNode bucket, Reading.Counts counts) {
    bucket.put("doc_count", (long) counts.requests());
    bucket.putObject("errors").put("doc_count", (long) counts.errors());
  }

  private boolean isIn(String from, String to) {
    return !at.isBefore(Instant.parse(from)) && at.isBefore(Instant.parse(to));
  }

  /** The first value of this key, at whatever depth. */
  private static JsonNode first(JsonNode node, String key) {
    List<JsonNode> found = new ArrayList<>(node.findValues(key));
    return found.isEmpty() ? MAPPER.missingNode() : found.get(0);
  }

  private static MockResponse response(int status, String contentType, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", contentType)
        .body(body)
        .build();
  }
}
