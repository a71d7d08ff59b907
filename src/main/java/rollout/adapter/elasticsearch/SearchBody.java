package rollout.adapter.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** Writes searches that count and fetch nothing: one request, however many windows. */
final class SearchBody {
  /** The aggregation that tells several windows apart; its buckets are numbered from 0. */
  static final String WINDOWS = "windows";

  /** The aggregation that tells the arms of a comparison apart. */
  static final String ARM = "arm";

  /** The arm whose entries hold the flag. */
  static final String ON = "on";

  /** The arm whose entries do not. */
  static final String OFF = "off";

  /** Within an arm, what failed. */
  static final String ERRORS = "errors";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What a shard may take; below the deadline of a request. */
  private static final String TIMEOUT = "10s";

  private static final String FORMAT = "strict_date_optional_time";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final String timeField;

  /**
   * @param timeField the field that holds an entry's time
   */
  SearchBody(String timeField) {
    this.timeField = timeField;
  }

  /** Counts what matches in each window. */
  ObjectNode count(String search, List<Window> windows) {
    return body(search, windows, JSON.objectNode());
  }

  /** Counts both arms, and what failed of each, in each window. */
  ObjectNode split(SignalQuery.LogSplit query, List<Window> windows) {
    ObjectNode arms = JSON.objectNode();
    ObjectNode arm = arms.putObject(ARM);
    ObjectNode filters = arm.putObject("filters").putObject("filters");
    filters.set(ON, holds(query.flagField(), query.feature()));
    filters
        .putObject(OFF)
        .putObject("bool")
        .set("must_not", holds(query.flagField(), query.feature()));
    arm.putObject("aggs").putObject(ERRORS).set("filter", lucene(query.errors()));
    return body(query.requests(), windows, arms);
  }

  /** Finds any entry of a window, whatever it says. */
  ObjectNode any(Window window) {
    ObjectNode body = JSON.objectNode().put("size", 0).put("terminate_after", 1);
    body.put("track_total_hits", true).put("timeout", TIMEOUT);
    body.set("query", within(window));
    return body;
  }

  private ObjectNode body(String search, List<Window> windows, ObjectNode each) {
    ObjectNode body = JSON.objectNode().put("size", 0);
    body.put("track_total_hits", true).put("timeout", TIMEOUT);
    ArrayNode filter = body.putObject("query").putObject("bool").putArray("filter");
    filter.add(within(around(windows))).add(lucene(search));
    ObjectNode aggregations = windows.size() == 1 ? each : apart(windows, each);
    if (!aggregations.isEmpty()) {
      body.set("aggs", aggregations);
    }
    return body;
  }

  private ObjectNode apart(List<Window> windows, ObjectNode each) {
    ObjectNode apart = JSON.objectNode();
    ObjectNode of = apart.putObject(WINDOWS);
    ObjectNode range = of.putObject("date_range");
    range.put("field", timeField).put("format", FORMAT).put("keyed", true);
    ArrayNode ranges = range.putArray("ranges");
    for (int i = 0; i < windows.size(); i++) {
      ranges
          .addObject()
          .put("key", Integer.toString(i))
          .put("from", TIME.format(windows.get(i).from()))
          .put("to", TIME.format(windows.get(i).to()));
    }
    if (!each.isEmpty()) {
      of.set("aggs", each);
    }
    return apart;
  }

  /** The smallest stretch that holds them all. */
  private static Window around(List<Window> windows) {
    Instant from = windows.stream().map(Window::from).min(Comparator.naturalOrder()).orElseThrow();
    Instant to = windows.stream().map(Window::to).max(Comparator.naturalOrder()).orElseThrow();
    return new Window(from, to);
  }

  private ObjectNode within(Window window) {
    ObjectNode query = JSON.objectNode();
    query
        .putObject("range")
        .putObject(timeField)
        .put("gte", TIME.format(window.from()))
        .put("lt", TIME.format(window.to()))
        .put("format", FORMAT);
    return query;
  }

  private static ObjectNode lucene(String search) {
    ObjectNode query = JSON.objectNode();
    query.putObject("query_string").put("query", search).put("analyze_wildcard", true);
    return query;
  }

  /**
   * A name as a whole word of a field: of a text (by its words), of a keyword that lists several
   * with blanks or commas between (by a pattern), and of an array of either.
   */
  private static ObjectNode holds(String field, String name) {
    String literal = name.replaceAll("[^A-Za-z0-9_]", "\\\\$0");
    ObjectNode query = JSON.objectNode();
    ObjectNode bool = query.putObject("bool").put("minimum_should_match", 1);
    ArrayNode should = bool.putArray("should");
    should.addObject().putObject("match_phrase").put(field, name);
    should.addObject().putObject("regexp").put(field, "(.*[ ,])?" + literal + "([ ,].*)?");
    return query;
  }
}
