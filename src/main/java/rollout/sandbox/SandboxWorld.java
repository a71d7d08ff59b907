package rollout.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who and what exists on the sandbox's GitLab beside flags.
 *
 * @param tokens by their text
 * @param users number by name; names in small letters
 * @param actors further actors by parameter and path, such as {@code project:gitlab-org/gitlab}, as
 *     Flipper writes them
 * @param definitions of flags by name, as {@code GET /features/definitions} shows them
 */
public record SandboxWorld(
    Map<String, SandboxToken> tokens,
    Map<String, Integer> users,
    Map<String, String> actors,
    Map<String, JsonNode> definitions) {
  /** The token of {@link #standard}, an administrator's. */
  public static final String TOKEN = "glpat-sandbox-administrator";

  public SandboxWorld {
    tokens = Map.copyOf(tokens);
    users = Map.copyOf(users);
    actors = Map.copyOf(actors);
    definitions = new LinkedHashMap<>(definitions);
  }

  /** A few people and projects, one token, no definitions. */
  public static SandboxWorld standard() {
    return new SandboxWorld(
        Map.of(TOKEN, SandboxToken.administrator("rollout-bot")),
        Map.of("rollout-bot", 7, "root", 1, "alice", 42, "bob", 43),
        Map.of(
            "project:gitlab-org/gitlab", "Project:278964",
            "project:gitlab-org/gitlab-foss", "Project:13083",
            "group:gitlab-org", "Group:9970",
            "namespace:gitlab-org", "Group:9970",
            "namespace:alice", "Namespace:77",
            "repository:gitlab-org/gitlab.git", "Repository:gitlab-org/gitlab"),
        Map.of());
  }

  /** This with one more token. */
  public SandboxWorld withToken(String text, SandboxToken token) {
    Map<String, SandboxToken> more = new LinkedHashMap<>(tokens);
    more.put(text, token);
    return new SandboxWorld(more, users, actors, definitions);
  }

  /** This with the definition of one more flag. */
  public SandboxWorld withDefinition(JsonNode definition) {
    Map<String, JsonNode> more = new LinkedHashMap<>(definitions);
    more.put(definition.path("name").asText(), definition);
    return new SandboxWorld(tokens, users, actors, more);
  }

  /** How Flipper writes what {@code parameter} calls {@code name}. */
  Optional<String> actor(String parameter, String name) {
    String known = name.toLowerCase(Locale.ROOT);
    return parameter.equals("user")
        ? Optional.ofNullable(users.get(known)).map(id -> "User:" + id)
        : Optional.ofNullable(actors.get(parameter + ":" + known));
  }

  JsonNode definition(String flag) {
    return definitions.getOrDefault(flag, NullNode.getInstance());
  }
}
