package rollout.adapter.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.judge.Reading;
import rollout.port.PortException;

/** Asks an Alertmanager, and turns its refusals, which are bare texts, into sentences. */
final class AlertsApi {
  private final HttpEndpoint endpoint;

  AlertsApi(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The server's address, for messages. */
  String address() {
    return endpoint.address();
  }

  /**
   * The alerts that fire and are neither silenced nor inhibited.
   *
   * @param matchers all of them must match
   */
  List<Reading.Alert> firing(List<String> matchers) throws PortException {
    return alerts(
        asking(matchers).query("silenced", "false").query("inhibited", "false"), matchers);
  }

  /** Whether an alert of this name is there, silenced or not. */
  boolean knows(String name) throws PortException {
    List<String> matcher =
        List.of("alertname=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    return !alerts(asking(matcher), matcher).isEmpty();
  }

  /** The server's own state. */
  HttpAnswer status() throws PortException {
    return required(HttpAsk.get("api", "v2", "status"), "for its status");
  }

  private static HttpAsk asking(List<String> matchers) {
    HttpAsk ask = HttpAsk.get("api", "v2", "alerts");
    for (String matcher : matchers) {
      ask = ask.query("filter", matcher);
    }
    return ask.query("active", "true");
  }

  private List<Reading.Alert> alerts(HttpAsk ask, List<String> matchers) throws PortException {
    String what = "for alerts with " + String.join(", ", matchers);
    JsonNode body = json(required(ask, what), what);
    if (!body.isArray()) {
      throw unusable(what, "the answer is no list of alerts; look at the source's url");
    }
    List<Reading.Alert> alerts = new ArrayList<>();
    for (JsonNode alert : body) {
      alerts.add(new Reading.Alert(name(alert), since(alert, what)));
    }
    return alerts;
  }

  private static String name(JsonNode alert) {
    return HttpAnswer.oneLine(alert.path("labels").path("alertname").asText("an alert"));
  }

  private Instant since(JsonNode alert, String what) throws PortException {
    try {
      return OffsetDateTime.parse(alert.path("startsAt").asText()).toInstant();
    } catch (DateTimeException unreadable) {
      throw unusable(what, "an alert does not say since when; is this Alertmanager?");
    }
  }

  private HttpAnswer required(HttpAsk ask, String what) throws PortException {
    HttpAnswer answer = sent(ask, what);
    int status = answer.status();
    if (answer.isSuccess()) {
      return answer;
    }
    boolean passing = status == 429 || status >= 500;
    throw new PortException(
        passing ? PortException.Kind.NOT_DONE : PortException.Kind.REFUSED,
        status,
        asked(what) + ", and it answered " + status + ": " + said(answer) + "; " + advice(status),
        null);
  }

  private HttpAnswer sent(HttpAsk ask, String what) throws PortException {
    try {
      return endpoint.send(ask);
    } catch (HttpFailure failure) {
      throw new PortException(
          PortException.Kind.NOT_DONE,
          failure.status(),
          asked(what) + ": " + failure.getMessage(),
          failure);
    }
  }

  private JsonNode json(HttpAnswer answer, String what) throws PortException {
    try {
      return answer.json();
    } catch (HttpFailure notJson) {
      throw unusable(what, notJson.getMessage() + "; look at the source's url");
    }
  }

  private static String said(HttpAnswer answer) {
    try {
      JsonNode body = answer.json();
      return body.isTextual() ? HttpAnswer.oneLine(body.asText()) : answer.summary();
    } catch (HttpFailure notJson) {
      return answer.summary();
    }
  }

  private static String advice(int status) {
    return switch (status) {
      case 400 -> "correct the matchers, such as type=\"gitaly\"";
      case 401, 403 -> "look at the source's token, basic and headers";
      case 404, 405 -> "look at the source's url: /api/v2/alerts is looked for below it";
      default -> "it is asked again at the next look";
    };
  }

  private PortException unusable(String what, String why) {
    return new PortException(PortException.Kind.REFUSED, 200, asked(what) + ", but " + why, null);
  }

  private String asked(String what) {
    return "asked Alertmanager at " + address() + " " + what;
  }
}
