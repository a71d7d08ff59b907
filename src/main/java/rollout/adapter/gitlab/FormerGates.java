package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.adapter.http.HttpAsk;
import rollout.plan.GateState;
import rollout.port.PortException;

/**
 * The requests that put actor and group gates back. The Features API lists actors by number, such
 * as {@code User:42}, and takes them by name: GitLab is asked for the names first.
 */
final class FormerGates {
  /** A name with a comma would be several to GitLab. */
  private static final String NAME = "[A-Za-z0-9_./-]+";

  /** What GitLab calls one kind of actor. */
  private record Kind(String parameter, String collection, String field) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "User", new Kind("user", "users", "username"),
          "Project", new Kind("project", "projects", "path_with_namespace"),
          "Group", new Kind("group", "groups", "full_path"),
          "Namespace", new Kind("namespace", "namespaces", "full_path"));

  private final GitLabApi api;
  private final Map<String, List<String>> names = new LinkedHashMap<>();
  private final List<String> left = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();

  /**
   * Asks for the names.
   *
   * @throws PortException when GitLab could not be asked; nothing was sent
   */
  FormerGates(GitLabApi api, GateState gates) throws PortException {
    this.api = api;
    for (String actor : gates.actors()) {
      add(actor);
    }
    for (String group : gates.groups()) {
      if (group.matches(NAME)) {
        groups.add(group);
      } else {
        left.add(group + " (its name cannot be sent)");
      }
    }
  }

  /** What cannot be put back, and why. */
  List<String> left() {
    return List.copyOf(left);
  }

  /**
   * One request for all actors; it takes a feature group along, every further one needs its own.
   */
  List<HttpAsk> asks(HttpAsk post) {
    List<HttpAsk> asks = new ArrayList<>();
    HttpAsk first = post.field("value", "true");
    for (Map.Entry<String, List<String>> one : names.entrySet()) {
      first = first.field(one.getKey(), String.join(",", one.getValue()));
    }
    Iterator<String> rest = groups.iterator();
    if (rest.hasNext()) {
      first = first.field("feature_group", rest.next());
    }
    if (!names.isEmpty() || !groups.isEmpty()) {
      asks.add(first);
    }
    rest.forEachRemaining(
        group -> asks.add(post.field("value", "true").field("feature_group", group)));
    return asks;
  }

  private void add(String actor) throws PortException {
    String[] parts = actor.split(":", 2);
    Kind kind = KINDS.get(parts[0]);
    if (kind == null || parts.length < 2 || !parts[1].matches("[0-9]+")) {
      left.add(actor + " (GitLab has no name for it)");
      return;
    }
    Optional<String> name = name(kind, parts[1]);
    if (name.isPresent()) {
      names.computeIfAbsent(kind.parameter(), any -> new ArrayList<>()).add(name.get());
    } else {
      left.add(actor + " (GitLab does not know it any more)");
    }
  }

  private Optional<String> name(Kind kind, String number) throws PortException {
    try {
      JsonNode found = api.read(HttpAsk.get("api", "v4", kind.collection(), number));
      return Optional.of(found.path(kind.field()).asText()).filter(name -> name.matches(NAME));
    } catch (PortException gone) {
      if (gone.status() == 404) {
        return Optional.empty();
      }
      throw gone;
    }
  }
}
