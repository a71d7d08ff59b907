package rollout.adapter.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.port.PortException;

/** Asks {@code /api/v1/query} and {@code /api/v1/query_range}, by POST, always for a fixed time. */
final class QueryApi {
  /** What Prometheus may take for one query; below the deadline of a request. */
  private static final String TIMEOUT = "10s";

  private static final int SHOWN = 200;

  private final HttpEndpoint endpoint;

  QueryApi(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The value of an expression at one moment. */
  Answer at(String expression, Instant time) throws PortException {
    return ask(asking("query", expression).field("time", seconds(time)), expression);
  }

  /** The values of an expression over a stretch of time, both ends included. */
  Answer over(String expression, Instant start, Instant end, Duration step) throws PortException {
    HttpAsk ask =
        asking("query_range", expression)
            .field("start", seconds(start))
            .field("end", seconds(end))
            .field("step", seconds(Instant.EPOCH.plus(step)));
    return ask(ask, expression);
  }

  /** The server and the question, for a message. */
  String asked(String expression) {
    String flat = expression.strip().replaceAll("\\s+", " ");
    String shown = flat.length() > SHOWN ? flat.substring(0, SHOWN) + "…" : flat;
    return "asked Prometheus at " + endpoint.address() + " for " + shown;
  }

  private static HttpAsk asking(String what, String expression) {
    return HttpAsk.post("api", "v1", what)
        .field("query", expression)
        .field("timeout", TIMEOUT)
        // Thanos gives half an answer unless told otherwise; Prometheus does not know these two.
        .field("partial_response", "false")
        .field("dedup", "true");
  }

  private Answer ask(HttpAsk ask, String expression) throws PortException {
    try {
      HttpAnswer answer = endpoint.send(ask);
      if (!answer.isSuccess()) {
        throw refused(answer, expression);
      }
      return Answer.of(answer.json(), asked(expression));
    } catch (HttpFailure failure) {
      throw new PortException(
          PortException.Kind.NOT_DONE,
          failure.status(),
          asked(expression) + ": " + failure.getMessage() + advice(failure),
          failure);
    }
  }

  private PortException refused(HttpAnswer answer, String expression) {
    int status = answer.status();
    boolean passing = status == 429 || status == 499 || status >= 500;
    return new PortException(
        passing ? PortException.Kind.NOT_DONE : PortException.Kind.REFUSED,
        status,
        asked(expression)
            + ", and it answered "
            + status
            + ": "
            + said(answer)
            + "; "
            + advice(status),
        null);
  }

  /** Prometheus's own words where they are, otherwise what the body is. */
  private static String said(HttpAnswer answer) {
    try {
      JsonNode body = answer.json();
      if (body.path("error").isTextual()) {
        return HttpAnswer.oneLine(
            body.path("errorType").asText("error") + ": " + body.path("error").asText());
      }
      return answer.summary();
    } catch (HttpFailure notJson) {
      return answer.summary();
    }
  }

  private static String advice(int status) {
    return switch (status) {
      case 400, 422 -> "correct the query";
      case 401, 403 -> "look at the source's token and headers";
      case 404, 405 ->
          "look at the source's url: /api/v1/query is looked for below it (Mimir's ends in"
              + " /prometheus)";
      default -> "it is asked again at the next look";
    };
  }

  private static String advice(HttpFailure failure) {
    return switch (failure.reason()) {
      case UNREADABLE -> "; look at the source's url, something else answers there";
      case REDIRECTED, TOO_LARGE -> "";
      case NOT_SENT, BROKEN -> "; it is asked again at the next look";
    };
  }

  /** Unix seconds, exact to the millisecond. */
  private static String seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
  }
}
