package rollout.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Who may do what, with GitLab's words for those who may not. */
final class SandboxAccess {
  private static final String BEARER = "Bearer ";

  private final SandboxWorld world;

  SandboxAccess(SandboxWorld world) {
    this.world = world;
  }

  /** The token that came with a request, if it is one we know. */
  Optional<SandboxToken> token(SandboxRequest request) {
    String text =
        request
            .header("PRIVATE-TOKEN")
            .or(
                () ->
                    request
                        .header("Authorization")
                        .filter(line -> line.startsWith(BEARER))
                        .map(line -> line.substring(BEARER.length())))
            .orElse(request.query().getOrDefault("private_token", ""));
    return Optional.ofNullable(world.tokens().get(text));
  }

  /** GitLab's answer to one who may not use the API at all; empty for one who may. */
  Optional<Reply> refusal(SandboxRequest request) {
    SandboxToken token = token(request).orElse(null);
    if (token == null) {
      return Optional.of(Reply.json(401, "message", "401 Unauthorized"));
    }
    return switch (token.standing()) {
      case EXPIRED ->
          invalid("Token is expired. You can either do re-authorization or token refresh.");
      case REVOKED -> invalid("Token was revoked. You have to re-authorize from the user.");
      case ACTIVE ->
          token.allows(request.isWrite()) ? Optional.empty() : Optional.of(insufficientScope());
    };
  }

  /** GitLab's answer to one who is no administrator, or not in Admin Mode. */
  Optional<Reply> adminRefusal(SandboxRequest request) {
    return refusal(request)
        .or(
            () ->
                token(request).map(SandboxToken::isInAdminMode).orElse(false)
                    ? Optional.empty()
                    : Optional.of(Reply.json(403, "message", "403 Forbidden")));
  }

  private static Optional<Reply> invalid(String description) {
    Reply reply = error(401, "invalid_token", description, "");
    return Optional.of(
        reply.with(
            "WWW-Authenticate",
            "Bearer realm=\"Protected by OAuth 2.0\", error=\"invalid_token\", error_description=\""
                + description
                + "\""));
  }

  private static Reply insufficientScope() {
    return error(
        403,
        "insufficient_scope",
        "The request requires higher privileges than provided by the access token.",
        "api read_api");
  }

  private static Reply error(int status, String error, String description, String scope) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", error).put("error_description", description);
    if (!scope.isEmpty()) {
      body.put("scope", scope);
    }
    return Reply.json(status, body);
  }
}
