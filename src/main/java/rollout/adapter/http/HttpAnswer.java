package rollout.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server answered.
 *
 * @param status never 3xx
 * @param headers lines by name, whatever the case of the letters
 * @param body as text, with {@code ***} for our own secrets; empty when there was none
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, String body) {
  public HttpAnswer {
    Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  /** Whether the status is 2xx. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** The last line of that name. */
  public Optional<String> header(String name) {
    List<String> lines = headers.getOrDefault(name, List.of());
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
  }

  /** The media type without its parameters, in small letters; empty when the server named none. */
  public String contentType() {
    return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** The server's clock when it answered, to the second. */
  public Optional<Instant> date() {
    try {
      return header("Date").map(DateTimeFormatter.RFC_1123_DATE_TIME::parse).map(Instant::from);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The body as JSON, within the limits of {@link Json}.
   *
   * @throws HttpFailure UNREADABLE when it is something else; the message describes it briefly
   */
  public JsonNode json() throws HttpFailure {
    return Json.read(this);
  }

  /**
   * The body in at most one short line, for a message: a page of HTML is only named, control
   * characters become blanks.
   */
  public String summary() {
    return Summary.of(this);
  }

  /** Any text of a server as one short line for a message, without control characters. */
  public static String oneLine(String text) {
    return Summary.line(text);
  }
}
