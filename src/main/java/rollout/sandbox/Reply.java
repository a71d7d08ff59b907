package rollout.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server of the sandbox answers.
 *
 * @param status the HTTP status; 0 cuts the connection without an answer
 * @param contentType empty when there is no body
 * @param headers further header lines
 */
public record Reply(int status, String contentType, String body, Map<String, String> headers) {
  /** No answer: the connection is closed. */
  public static final Reply CUT = new Reply(0, "", "", Map.of());

  private static final String JSON = "application/json";

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** A JSON body. */
  public static Reply json(int status, JsonNode body) {
    return new Reply(status, JSON, body.toString(), Map.of());
  }

  /** A JSON object with one text in it. */
  public static Reply json(int status, String key, String text) {
    return json(status, JsonNodeFactory.instance.objectNode().put(key, text));
  }

  /** Any other body. */
  public static Reply text(int status, String contentType, String body) {
    return new Reply(status, contentType, body, Map.of());
  }

  /** Nothing but a status. */
  public static Reply empty(int status) {
    return new Reply(status, "", "", Map.of());
  }

  /** This with one more header line. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, contentType, body, more);
  }
}
