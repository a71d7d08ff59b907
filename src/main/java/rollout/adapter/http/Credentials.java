package rollout.adapter.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header lines by which a program identifies itself to one server.
 *
 * @param headers by name; sent with every request to that server and to no other
 * @param secrets what must not appear in a message
 */
public record Credentials(Map<String, Secret> headers, List<Secret> secrets) {
  /** Sends nothing. */
  public static final Credentials NONE = new Credentials(Map.of(), List.of());

  private static final String AUTHORIZATION = "Authorization";

  public Credentials {
    headers = Map.copyOf(headers);
    secrets = List.copyOf(secrets);
  }

  /** {@code Authorization: Bearer TOKEN}. */
  public static Credentials bearer(Secret token) {
    return new Credentials(
        Map.of(AUTHORIZATION, Secret.of("Bearer " + token.reveal())), List.of(token));
  }

  /** {@code Authorization: ApiKey KEY}, as Elasticsearch wants it. */
  public static Credentials apiKey(Secret key) {
    return new Credentials(
        Map.of(AUTHORIZATION, Secret.of("ApiKey " + key.reveal())), List.of(key));
  }

  /** HTTP basic authentication. */
  public static Credentials basic(Secret user, Secret password) {
    byte[] pair = (user.reveal() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    Secret encoded = Secret.of(Base64.getEncoder().encodeToString(pair));
    return new Credentials(
        Map.of(AUTHORIZATION, Secret.of("Basic " + encoded.reveal())), List.of(password, encoded));
  }

  /**
   * These and one more header line, such as {@code X-Scope-OrgID}.
   *
   * @throws IllegalArgumentException when the name is no header name
   */
  public Credentials with(String name, Secret value) {
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw new IllegalArgumentException("\"" + name + "\" is no name of a header");
    }
    Map<String, Secret> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    List<Secret> known = new ArrayList<>(secrets);
    known.add(value);
    return new Credentials(more, known);
  }

  /** Names only. */
  @Override
  public String toString() {
    return "Credentials" + headers.keySet();
  }
}
