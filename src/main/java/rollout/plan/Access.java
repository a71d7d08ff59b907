package rollout.plan;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a program identifies itself to a source. At most one of token, basic and key is present.
 *
 * @param token sent as {@code Authorization: Bearer}
 * @param basic user name and password
 * @param apiKey sent as {@code Authorization: ApiKey}, to Elasticsearch
 * @param headers further header lines by name, such as {@code X-Scope-OrgID}
 */
public record Access(
    Optional<SecretRef> token,
    Optional<Basic> basic,
    Optional<SecretRef> apiKey,
    Map<String, SecretRef> headers) {
  /** Sends nothing. */
  public static final Access NONE =
      new Access(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public Access {
    headers = java.util.Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** Sends this token. */
  public static Access bearer(SecretRef token) {
    return new Access(Optional.of(token), Optional.empty(), Optional.empty(), Map.of());
  }

  /** The same without secrets that stand in the plan itself. */
  public Access withheld() {
    Map<String, SecretRef> safe = new TreeMap<>(headers);
    safe.replaceAll((name, secret) -> secret.withheld());
    return new Access(
        token.map(SecretRef::withheld),
        basic.map(one -> new Basic(one.user().withheld(), one.password().withheld())),
        apiKey.map(SecretRef::withheld),
        safe);
  }

  /** HTTP basic authentication. */
  public record Basic(SecretRef user, SecretRef password) {}
}
