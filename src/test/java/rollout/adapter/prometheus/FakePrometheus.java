package rollout.adapter.prometheus;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A query API that answers with the bodies a test gave it, by query and time. */
final class FakePrometheus implements AutoCloseable {
  static final String EMPTY =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

  private final MockWebServer server = new MockWebServer();
  private final Map<Question, String> bodies = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, MockResponse> ranges = new ConcurrentHashMap<>();
  private volatile MockResponse rangeFailure =
      response(404, "text/plain", "this fake knows no such range");
  private volatile MockResponse always;

  /** A request as it came in. */
  record Asked(String method, String path, Map<String, String> form, RecordedRequest request) {}

  private record Question(String query, Instant time) {}

  FakePrometheus() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    try {
      server.start();
    } catch (java.io.IOException noPort) {
      throw new java.io.UncheckedIOException(noPort);
    }
  }

  /** The address, with a path as Mimir has it. */
  String url() {
    return server.url("/prometheus").toString();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Gives this body to this query at this time, and works again. */
  void says(String query, Instant time, String body) {
    always = null;
    bodies.put(new Question(query, time), body);
  }

  /** Gives this body to this query over any range. */
  void rangeSays(String query, String body) {
    ranges.put(query, response(200, "application/json", body));
  }

  /** Answers every range query so. */
  void rangeFails(int status, String body) {
    rangeFailure = response(status, "application/json", body);
  }

  /** Answers everything so. */
  void alwaysSays(int status, String contentType, String body) {
    always = response(status, contentType, body);
  }

  private static MockResponse response(int status, String contentType, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", contentType)
        .body(body)
        .build();
  }

  /** One item of a vector. */
  static String item(String metric, String value) {
    return "{\"metric\":" + metric + ",\"value\":[1795341900.123,\"" + value + "\"]}";
  }

  /** A vector of these items. */
  static String vector(String... items) {
    return EMPTY.replace("[]", "[" + String.join(",", items) + "]");
  }

  /** A number as Prometheus writes it. */
  static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : String.valueOf(value);
  }

  @Override
  public void close() {
    server.close();
  }

  private MockResponse answer(RecordedRequest request) {
    Map<String, String> form = form(request.getBody() == null ? "" : request.getBody().utf8());
    asked.add(new Asked(request.getMethod(), request.getUrl().encodedPath(), form, request));
    if (always != null) {
      return always;
    }
    if (request.getUrl().encodedPath().endsWith("/query_range")) {
      return ranges.getOrDefault(form.get("query"), rangeFailure);
    }
    Instant time =
        Instant.ofEpochMilli(
            new BigDecimal(form.getOrDefault("time", "0")).movePointRight(3).longValueExact());
    String body = bodies.getOrDefault(new Question(form.get("query"), time), EMPTY);
    return response(200, "application/json", body);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(
          parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }
}
