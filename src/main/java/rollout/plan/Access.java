package rollout.plan;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a program identifies itself to a source. At most one of token and basic is present.
 *
 * @param token sent as {@code Authorization: Bearer}
 * @param basic user name and password
 * @param headers further header lines by name, such as {@code X-Scope-OrgID}
 */
public record Access(
    Optional<SecretRef> token, Optional<Basic> basic, Map<String, SecretRef> headers) {
  /** Sends nothing. */
  public static final Access NONE = new Access(Optional.empty(), Optional.empty(), Map.of());

  public Access {
    headers = java.util.Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** HTTP basic authentication. */
  public record Basic(SecretRef user, SecretRef password) {}
}
