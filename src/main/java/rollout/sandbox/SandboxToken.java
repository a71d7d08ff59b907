package rollout.sandbox;

import java.util.Set;

/**
 * A personal access token of the sandbox's GitLab.
 *
 * @param user who it belongs to; one of {@link SandboxWorld#users}
 * @param administrator whether that user is one
 * @param scopes such as {@code api}, {@code admin_mode}
 */
public record SandboxToken(
    String user, boolean administrator, Set<String> scopes, Standing standing) {
  /** Whether a token may still be used. */
  public enum Standing {
    ACTIVE,
    EXPIRED,
    REVOKED
  }

  public SandboxToken {
    scopes = Set.copyOf(scopes);
  }

  /** A token that may do everything. */
  public static SandboxToken administrator(String user) {
    return new SandboxToken(user, true, Set.of("api", "admin_mode"), Standing.ACTIVE);
  }

  /** Whether it may ask at all, or change anything. */
  boolean allows(boolean write) {
    return scopes.contains("api") || (!write && scopes.contains("read_api"));
  }

  /** Admin Mode is on in the sandbox, so the scope is needed too. */
  boolean isInAdminMode() {
    return administrator && scopes.contains("admin_mode");
  }
}
