package rollout.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A request as a server of the sandbox received it.
 *
 * @param path as sent, still encoded, without the query
 * @param rawQuery parameters of the address, still encoded; null when there are none
 * @param headers the last line of each name, whatever the case of the letters
 * @param body as sent
 */
public record SandboxRequest(
    String method, String path, String rawQuery, Map<String, String> headers, String body) {
  private static final String FORM = "application/x-www-form-urlencoded";

  public SandboxRequest {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  /** Parameters of the address, decoded; of several with one name the last. */
  public Map<String, String> query() {
    return pairs(rawQuery);
  }

  /** Every value of a parameter of the address, decoded, in order. */
  public List<String> all(String name) {
    return Stream.of(rawQuery == null ? new String[0] : rawQuery.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(parts -> parts.length == 2 && decoded(parts[0]).equals(name))
        .map(parts -> decoded(parts[1]))
        .toList();
  }

  /** One header line. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The media type of the body, in small letters, without parameters; empty when not given. */
  public String contentType() {
    return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** The fields of the form in the body; none when the body is something else. */
  public Map<String, String> form() {
    return contentType().equals(FORM) ? pairs(body) : Map.of();
  }

  /** Whether it can change anything. */
  public boolean isWrite() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  /** Reads {@code a=b&c=d}. */
  static Map<String, String> pairs(String encoded) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
      String[] parts = pair.split("=", 2);
      pairs.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
    }
    return pairs;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
