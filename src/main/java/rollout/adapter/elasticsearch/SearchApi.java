package rollout.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.port.PortException;

/** Asks an Elasticsearch, and turns its refusals into sentences. */
final class SearchApi {
  private final HttpEndpoint endpoint;

  SearchApi(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The server's address, for messages. */
  String address() {
    return endpoint.address();
  }

  /**
   * Searches.
   *
   * @param index a name or a pattern of names
   * @param search the body
   * @throws PortException when there is no answer that can be read
   */
  Answer search(String index, JsonNode search) throws PortException {
    String what = "to search " + index;
    HttpAsk ask = HttpAsk.postJson(search.toString(), index, "_search");
    return new Answer(index, asked(what), json(required(ask, what), what));
  }

  /**
   * An answer of success.
   *
   * @param what we ask for, for messages
   */
  HttpAnswer required(HttpAsk ask, String what) throws PortException {
    HttpAnswer answer = send(ask, what);
    if (!answer.isSuccess()) {
      throw refused(answer, what);
    }
    return answer;
  }

  /** An answer of whatever status. */
  HttpAnswer send(HttpAsk ask, String what) throws PortException {
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

  /** What went wrong, in the server's words where there are some. */
  PortException refused(HttpAnswer answer, String what) {
    int status = answer.status();
    boolean passing = status == 429 || status >= 500;
    return new PortException(
        passing ? PortException.Kind.NOT_DONE : PortException.Kind.REFUSED,
        status,
        asked(what)
            + ", and it answered "
            + status
            + ": "
            + SearchWords.said(answer)
            + "; "
            + SearchWords.advice(status),
        null);
  }

  private JsonNode json(HttpAnswer answer, String what) throws PortException {
    try {
      return answer.json();
    } catch (HttpFailure notJson) {
      throw new PortException(
          PortException.Kind.REFUSED,
          answer.status(),
          asked(what) + ", but " + notJson.getMessage() + "; look at the source's url",
          notJson);
    }
  }

  private String asked(String what) {
    return "asked Elasticsearch at " + address() + " " + what;
  }
}
