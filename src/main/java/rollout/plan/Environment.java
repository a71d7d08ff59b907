package rollout.plan;

import java.util.Map;
import java.util.Optional;

/**
 * A GitLab instance.
 *
 * @param name as stages call it
 * @param url its base address, without {@code /api/v4}
 * @param token of an administrator, scopes {@code api} and {@code admin_mode}
 * @param variables values for {@code {{name}}} in this environment
 */
public record Environment(
    String name, SecretRef url, Optional<SecretRef> token, Map<String, String> variables) {
  public Environment {
    variables = Map.copyOf(variables);
  }
}
