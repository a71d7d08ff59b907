package rollout.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GitLab says of a user, project, group or namespace by its number; only the name of it. */
final class SandboxNames {
  private static final Pattern PATH =
      Pattern.compile("/api/v4/(users|projects|groups|namespaces)/([0-9]+)");

  /** A collection's kind in a gate, its parameter, and the field that bears the name. */
  private record Kind(String gate, String parameter, String field) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "users", new Kind("User", "user", "username"),
          "projects", new Kind("Project", "project", "path_with_namespace"),
          "groups", new Kind("Group", "group", "full_path"),
          "namespaces", new Kind("Namespace", "namespace", "full_path"));

  private SandboxNames() {}

  static boolean isAskedFor(String path) {
    return PATH.matcher(path).matches();
  }

  static Reply answer(SandboxWorld world, String path) {
    Matcher asked = PATH.matcher(path);
    if (!asked.matches()) {
      throw new IllegalArgumentException(path);
    }
    Kind kind = KINDS.get(asked.group(1));
    return name(world, kind, kind.gate + ":" + asked.group(2))
        .map(name -> found(kind, asked.group(2), name))
        .orElseGet(() -> Reply.json(404, "message", "404 " + kind.gate + " Not Found"));
  }

  private static Reply found(Kind kind, String id, String name) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return Reply.json(200, json.put("id", Long.parseLong(id)).put(kind.field, name));
  }

  private static Optional<String> name(SandboxWorld world, Kind kind, String gate) {
    if (kind.gate.equals("User")) {
      return world.users().entrySet().stream()
          .filter(user -> gate.equals("User:" + user.getValue()))
          .map(Map.Entry::getKey)
          .findFirst();
    }
    String lead = kind.parameter + ":";
    return world.actors().entrySet().stream()
        .filter(one -> one.getKey().startsWith(lead) && one.getValue().equals(gate))
        .map(one -> one.getKey().substring(lead.length()))
        .findFirst();
  }
}
