package rollout.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Source;
import rollout.plan.Window;

/**
 * An Elasticsearch that knows the searches of one plan and answers each from the {@link World}; any
 * other search finds nothing. It understands what counts: a range of time, a search, windows, and
 * the arms of a comparison.
 */
public final class SandboxElasticsearch implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern OF_INDEX = Pattern.compile("/([^/]+)/(_search|_field_caps)");

  private final LogBook book;
  private final Outage outage;
  private final InstantSource clock;
  private final LoopbackServer server;

  /**
   * Starts to listen.
   *
   * @param source the one of the plan it stands for
   * @param clock what it takes for now
   * @throws IllegalArgumentException when nothing fills a placeholder of a search
   */
  public SandboxElasticsearch(
      Plan plan, FlagName flag, Source.Elasticsearch source, World world, InstantSource clock) {
    this.book = new LogBook(plan, flag, source, world);
    this.outage = new Outage(plan, world);
    this.clock = clock;
    this.server = new LoopbackServer("sandbox-elasticsearch", this::answer);
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
      return refusal(503, "cluster_block_exception", "blocked by: state not recovered");
    }
    Matcher path = OF_INDEX.matcher(request.path());
    if (request.path().equals("/")) {
      return Reply.json(200, root());
    } else if (request.path().equals("/_security/_authenticate")) {
      return Reply.json(200, "username", "sandbox");
    } else if (!path.matches()) {
      return refusal(400, "illegal_argument_exception", "no handler for " + request.path());
    }
    String index = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
    if (!book.has(index)) {
      return refusal(404, "index_not_found_exception", "no such index [" + index + "]");
    }
    return path.group(2).equals("_search")
        ? search(index, request.body())
        : Reply.json(200, fields(index, request.query().getOrDefault("fields", "")));
  }

  private Reply search(String index, String body) {
    try {
      return Reply.json(200, found(index, MAPPER.readTree(body)));
    } catch (JsonProcessingException | DateTimeException bad) {
      return refusal(400, "parsing_exception", "the search cannot be read");
    }
  }

  private ObjectNode found(String index, JsonNode search) {
    Window window = window(search.findPath("range").path(timeField(search)), "gte", "lt");
    ObjectNode found = JSON.objectNode().put("took", 1).put("timed_out", false);
    found.set("_shards", shards());
    ObjectNode hits = found.putObject("hits");
    hits.putObject("total").put("value", count(index, search, window)).put("relation", "eq");
    hits.putNull("max_score").putArray("hits");
    JsonNode aggregations = search.path("aggs");
    if (aggregations.has("windows")) {
      ObjectNode buckets =
          found.putObject("aggregations").putObject("windows").putObject("buckets");
      for (JsonNode range : aggregations.path("windows").path("date_range").path("ranges")) {
        Window one = window(range, "from", "to");
        ObjectNode bucket = buckets.putObject(range.path("key").asText());
        bucket.put("doc_count", count(index, search, one));
        addArms(bucket, index, search, aggregations.path("windows").path("aggs"), one);
      }
    } else if (aggregations.has("arm")) {
      addArms(found.putObject("aggregations"), index, search, aggregations, window);
    }
    return found;
  }

  private static String timeField(JsonNode search) {
    return search.findPath("range").fieldNames().next();
  }

  private static Window window(JsonNode range, String from, String to) {
    return new Window(
        Instant.parse(range.path(from).asText()), Instant.parse(range.path(to).asText()));
  }

  private static String text(JsonNode search) {
    return search.path("query").findPath("query_string").path("query").asText("");
  }

  private long count(String index, JsonNode search, Window window) {
    String text = text(search);
    return text.isEmpty() ? book.all(index, window) : book.count(index, text, window);
  }

  private void addArms(
      ObjectNode to, String index, JsonNode search, JsonNode aggregations, Window window) {
    if (aggregations.has("arm")) {
      ObjectNode buckets = to.putObject("arm").putObject("buckets");
      for (String arm : new String[] {"off", "on"}) {
        boolean treated = arm.equals("on");
        ObjectNode bucket = buckets.putObject(arm);
        bucket.put("doc_count", book.arm(index, text(search), treated, false, window));
        bucket
            .putObject("errors")
            .put("doc_count", book.arm(index, text(search), treated, true, window));
      }
    }
  }

  private ObjectNode fields(String index, String field) {
    ObjectNode answer = JSON.objectNode();
    answer.putArray("indices").add(index);
    ObjectNode fields = answer.putObject("fields");
    if (book.hasField(field)) {
      fields
          .putObject(field)
          .putObject("text")
          .put("type", "text")
          .put("searchable", true)
          .put("aggregatable", false);
    }
    return answer;
  }

  private static ObjectNode root() {
    ObjectNode root = JSON.objectNode().put("name", "sandbox").put("cluster_name", "sandbox");
    root.putObject("version").put("number", "8.15.0");
    return root.put("tagline", "You Know, for Search");
  }

  private static ObjectNode shards() {
    return JSON.objectNode()
        .put("total", 1)
        .put("successful", 1)
        .put("skipped", 0)
        .put("failed", 0);
  }

  private static Reply refusal(int status, String type, String reason) {
    ObjectNode body = JSON.objectNode();
    ObjectNode error = body.putObject("error");
    error.putArray("root_cause").addObject().put("type", type).put("reason", reason);
    error.put("type", type).put("reason", reason);
    return Reply.json(status, body.put("status", status));
  }
}
