package rollout.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The projects of the sandbox's GitLab: their open issues and their freeze periods. */
public final class SandboxCalendar {
  private static final Pattern PROJECT =
      Pattern.compile("/api/v4/projects/([^/]+)(?:/(issues|freeze_periods))?");
  private static final Reply NO_PROJECT = Reply.json(404, "message", "404 Project Not Found");

  private final Map<String, Project> projects = new LinkedHashMap<>();

  /** What a project has. */
  private static final class Project {
    final List<Issue> issues = new ArrayList<>();
    final List<Freeze> freezes = new ArrayList<>();
    Supplier<List<Issue>> scriptedIssues = List::of;
    Supplier<List<Freeze>> scriptedFreezes = List::of;
  }

  /**
   * An open issue.
   *
   * @param iid its number in the project
   * @param incident whether its type is incident
   */
  public record Issue(long iid, String title, List<String> labels, boolean incident) {
    public Issue {
      labels = List.copyOf(labels);
    }
  }

  /**
   * A freeze period.
   *
   * @param start cron expression
   * @param end cron expression
   * @param zone the time zone of both
   */
  public record Freeze(long id, String start, String end, String zone) {}

  /** From now on this project can be seen. */
  public synchronized void show(String project) {
    projects.computeIfAbsent(project, path -> new Project());
  }

  /** From now on nobody can see this project, and what it had is gone. */
  public synchronized void hide(String project) {
    projects.remove(project);
  }

  /** Somebody opens an issue; the project is shown. */
  public synchronized void open(String project, Issue issue) {
    show(project);
    projects.get(project).issues.add(issue);
  }

  /** Somebody closes an issue. */
  public synchronized void close(String project, long iid) {
    projects.get(project).issues.removeIf(issue -> issue.iid() == iid);
  }

  /** Somebody adds a freeze period; the project is shown. */
  public synchronized void freeze(String project, Freeze freeze) {
    show(project);
    projects.get(project).freezes.add(freeze);
  }

  /** Somebody deletes a freeze period. */
  public synchronized void thaw(String project, long id) {
    projects.get(project).freezes.removeIf(freeze -> freeze.id() == id);
  }

  /** Issues that come and go by themselves, asked for with each request. */
  synchronized void scriptIssues(String project, Supplier<List<Issue>> issues) {
    show(project);
    projects.get(project).scriptedIssues = issues;
  }

  /** Freeze periods that come and go by themselves, asked for with each request. */
  synchronized void scriptFreezes(String project, Supplier<List<Freeze>> freezes) {
    show(project);
    projects.get(project).scriptedFreezes = freezes;
  }

  /** The answer, if the request is about a project. */
  synchronized Optional<Reply> answer(SandboxRequest request) {
    Matcher path = PROJECT.matcher(request.path());
    return path.matches() ? Optional.of(answer(request, path)) : Optional.empty();
  }

  private Reply answer(SandboxRequest request, Matcher path) {
    String name = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
    Project project = projects.get(name);
    if (project == null) {
      return NO_PROJECT;
    }
    if (path.group(2) == null) {
      return Reply.json(200, project(name));
    }
    return path.group(2).equals("issues")
        ? page(request, issues(request, name, project))
        : page(request, freezes(project));
  }

  private static ObjectNode project(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", Integer.toUnsignedLong(name.hashCode()))
        .put("path_with_namespace", name)
        .put("issues_enabled", true)
        .put("issues_access_level", "enabled");
  }

  /** As GitLab does, an issue must have all labels that are asked for. */
  private static List<ObjectNode> issues(SandboxRequest request, String name, Project project) {
    List<Issue> issues = new ArrayList<>(project.issues);
    issues.addAll(project.scriptedIssues.get());
    String labels = request.query().getOrDefault("labels", "");
    List<String> wanted = labels.isEmpty() ? List.of() : List.of(labels.split(","));
    boolean incidents = request.query().getOrDefault("issue_type", "").equals("incident");
    boolean closed = request.query().getOrDefault("state", "all").equals("closed");
    return issues.stream()
        .filter(issue -> !closed && issue.labels().containsAll(wanted))
        .filter(issue -> !incidents || issue.incident())
        .map(issue -> entity(name, issue))
        .toList();
  }

  private static ObjectNode entity(String project, Issue issue) {
    ObjectNode entity = JsonNodeFactory.instance.objectNode();
    entity.put("id", 1000 + issue.iid()).put("iid", issue.iid()).put("title", issue.title());
    entity.put("state", "opened").put("issue_type", issue.incident() ? "incident" : "issue");
    issue.labels().forEach(entity.putArray("labels")::add);
    return entity.put("web_url", "http://gitlab.sandbox/" + project + "/-/issues/" + issue.iid());
  }

  private static List<ObjectNode> freezes(Project project) {
    List<Freeze> freezes = new ArrayList<>(project.freezes);
    freezes.addAll(project.scriptedFreezes.get());
    return freezes.stream().map(SandboxCalendar::entity).toList();
  }

  private static ObjectNode entity(Freeze freeze) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", freeze.id())
        .put("freeze_start", freeze.start())
        .put("freeze_end", freeze.end())
        .put("cron_timezone", freeze.zone())
        .put("created_at", "2026-01-01T00:00:00.000Z")
        .put("updated_at", "2026-01-01T00:00:00.000Z");
  }

  private static Reply page(SandboxRequest request, List<ObjectNode> all) {
    int size = Integer.parseInt(request.query().getOrDefault("per_page", "20"));
    int page = Integer.parseInt(request.query().getOrDefault("page", "1"));
    int from = Math.min((page - 1) * size, all.size());
    int to = Math.min(from + size, all.size());
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    list.addAll(all.subList(from, to));
    String next = to < all.size() ? String.valueOf(page + 1) : "";
    return Reply.json(200, list).with("X-Next-Page", next);
  }
}
