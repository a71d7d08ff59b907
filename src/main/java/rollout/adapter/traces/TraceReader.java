package rollout.adapter.traces;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rollout.port.Trace;

/**
 * Reads one trace as it streams by. Fields that are not needed are passed over without a look: what
 * is true of a trace ({@code truth}, {@code class}, {@code description}) must not be known to its
 * judge.
 */
final class TraceReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final String text;
  private String id;
  private List<Trace.Stage> stages;
  private List<String> fields;
  private List<double[]> rows;
  private Map<String, double[]> history = Map.of();
  private Map<String, double[]> recent = Map.of();

  TraceReader(String text) {
    this.text = text;
  }

  /**
   * The trace.
   *
   * @throws IOException when it is not one; the message is a clause
   */
  Trace read() throws IOException {
    try (JsonParser json = FACTORY.createParser(text)) {
      expect(json.nextToken(), JsonToken.START_OBJECT, "a trace is a JSON object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        field(name, json);
      }
      expect(json.nextToken(), null, "something follows the trace's closing brace");
    } catch (JacksonException broken) {
      throw new IOException("it is no JSON: " + broken.getOriginalMessage(), broken);
    }
    return trace();
  }

  private void field(String name, JsonParser json) throws IOException {
    switch (name) {
      case "id" -> id = json.getValueAsString();
      case "stages" -> stages = stages(json);
      case "poll_fields" -> fields = texts(json);
      case "polls" -> rows = rows(json);
      case "history" -> history = columns(json);
      case "recent" -> recent = columns(json);
      default -> json.skipChildren();
    }
  }

  private Trace trace() throws IOException {
    if (id == null) {
      throw new IOException("the trace has no \"id\"");
    }
    if (stages == null || stages.isEmpty()) {
      throw new IOException("trace " + id + " has no \"stages\"");
    }
    if (fields == null || rows == null) {
      throw new IOException("trace " + id + " lacks \"poll_fields\" or \"polls\"");
    }
    Polls polls = new Polls(id, fields, stages);
    return new Trace(
        id,
        stages,
        Columns.arms(history, "errors", "requests"),
        Columns.arms(history, "ref_errors", "ref_requests"),
        Columns.arms(recent, "errors", "requests"),
        polls.haveIssues(),
        polls.looks(rows));
  }

  private static List<Trace.Stage> stages(JsonParser json) throws IOException {
    List<Trace.Stage> stages = new ArrayList<>();
    expect(json.currentToken(), JsonToken.START_ARRAY, "\"stages\" is a list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Map<String, Double> numbers = new HashMap<>();
      expect(json.currentToken(), JsonToken.START_OBJECT, "a stage is an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        numbers.put(name, number(json));
      }
      stages.add(stage(numbers));
    }
    return stages;
  }

  private static Trace.Stage stage(Map<String, Double> numbers) throws IOException {
    for (String name : List.of("pct", "duration_s", "poll_s")) {
      if (!(numbers.getOrDefault(name, Double.NaN) > 0)) {
        throw new IOException("a stage has no positive \"" + name + "\"");
      }
    }
    return new Trace.Stage(numbers.get("pct"), numbers.get("duration_s"), numbers.get("poll_s"));
  }

  private static List<String> texts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    expect(json.currentToken(), JsonToken.START_ARRAY, "\"poll_fields\" is a list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_STRING, "\"poll_fields\" holds names");
      texts.add(json.getText());
    }
    return texts;
  }

  private static List<double[]> rows(JsonParser json) throws IOException {
    List<double[]> rows = new ArrayList<>();
    expect(json.currentToken(), JsonToken.START_ARRAY, "\"polls\" is a list of rows");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.START_ARRAY, "a row of \"polls\" is a list");
      rows.add(numbers(json));
    }
    return rows;
  }

  private static Map<String, double[]> columns(JsonParser json) throws IOException {
    Map<String, double[]> columns = new HashMap<>();
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return columns;
    }
    expect(json.currentToken(), JsonToken.START_OBJECT, "\"history\" and \"recent\" are objects");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.START_ARRAY) {
        columns.put(name, numbers(json));
      } else {
        json.skipChildren();
      }
    }
    return columns;
  }

  private static double[] numbers(JsonParser json) throws IOException {
    double[] numbers = new double[8];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == numbers.length) {
        numbers = java.util.Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number(json);
    }
    return java.util.Arrays.copyOf(numbers, count);
  }

  /** Not a number where there is none: missing, or a list such as the latency buckets. */
  private static double number(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == null) {
      throw new IOException("it ends in the middle");
    }
    if (token.isNumeric()) {
      return json.getDoubleValue();
    }
    json.skipChildren();
    return Double.NaN;
  }

  private static void expect(JsonToken found, JsonToken wanted, String what) throws IOException {
    if (found != wanted) {
      throw new IOException(what);
    }
  }
}
