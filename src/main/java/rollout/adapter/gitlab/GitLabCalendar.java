package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.core.Obstacle;
import rollout.port.Calendar;
import rollout.port.PortException;

/**
 * Incidents and deploy freezes of one GitLab, over its Issues and Freeze Periods APIs. An empty
 * list counts only for a project that the token sees: GitLab answers some without rights with
 * {@code []}.
 */
public final class GitLabCalendar implements Calendar {
  private final HttpEndpoint server;
  private final GitLabApi api;
  private final Pages pages;

  /**
   * @param server the GitLab's base URL with a token as bearer
   */
  public GitLabCalendar(HttpEndpoint server) {
    this.server = server;
    this.api = new GitLabApi(server);
    this.pages = new Pages(server);
  }

  @Override
  public List<Obstacle> incidents(String project, List<String> labels) throws PortException {
    try {
      requireIssues(project);
      Map<String, Obstacle> found = new LinkedHashMap<>();
      for (HttpAsk ask : asks(project, labels)) {
        for (JsonNode issue : pages.all(ask)) {
          Obstacle incident = incident(project, issue);
          found.putIfAbsent(incident.id(), incident);
        }
      }
      return List.copyOf(found.values());
    } catch (PortException failed) {
      throw about("incidents", project, failed);
    }
  }

  @Override
  public List<Obstacle> freezes(String project, Instant at) throws PortException {
    try {
      requireVisible(project);
      List<Obstacle> inForce = new ArrayList<>();
      for (JsonNode period :
          pages.all(HttpAsk.get("api", "v4", "projects", project, "freeze_periods"))) {
        FreezePeriod.of(project, period).inForce(at).ifPresent(inForce::add);
      }
      return inForce;
    } catch (PortException failed) {
      throw about("freeze periods", project, failed);
    }
  }

  /** GitLab takes several labels for all of them: any of them is one question for each. */
  private static List<HttpAsk> asks(String project, List<String> labels) {
    HttpAsk open = HttpAsk.get("api", "v4", "projects", project, "issues").query("state", "opened");
    return labels.isEmpty()
        ? List.of(open.query("issue_type", "incident"))
        : labels.stream().map(label -> open.query("labels", label)).toList();
  }

  private JsonNode requireVisible(String project) throws PortException {
    HttpAsk ask = HttpAsk.get("api", "v4", "projects", project);
    JsonNode found = api.read(ask);
    if (!found.path("id").canConvertToLong()) {
      throw Trouble.reading(server, ask)
          .with(new IllegalArgumentException("it shows no project with an id"));
    }
    return found;
  }

  private void requireIssues(String project) throws PortException {
    JsonNode found = requireVisible(project);
    boolean off =
        found.path("issues_access_level").asText().equals("disabled")
            || found.path("issues_enabled").isBoolean()
                && !found.path("issues_enabled").booleanValue();
    if (off) {
      throw new PortException(
          PortException.Kind.REFUSED,
          200,
          "the project keeps no issues: they are switched off in its settings",
          null);
    }
  }

  private static Obstacle incident(String project, JsonNode issue) {
    String number = issue.path("iid").asText("?");
    String address = issue.path("web_url").asText("");
    String title = HttpAnswer.oneLine(issue.path("title").asText("without a title"));
    List<String> labels = new ArrayList<>();
    issue.path("labels").forEach(label -> labels.add(HttpAnswer.oneLine(label.asText())));
    return new Obstacle(
        project + "#" + number,
        "incident "
            + project
            + "#"
            + number
            + " is open: \""
            + title
            + "\""
            + (labels.isEmpty() ? "" : " (" + String.join(", ", labels) + ")")
            + (address.isEmpty() ? "" : ", " + HttpAnswer.oneLine(address)));
  }

  private static PortException about(String what, String project, PortException failed) {
    boolean unseen = failed.status() == 403 || failed.status() == 404;
    String advice =
        unseen ? " Is " + project + " the project's path, and may the token see it?" : "";
    return new PortException(
        failed.kind(),
        failed.status(),
        "The "
            + what
            + " of "
            + project
            + " could not be read. "
            + failed.getMessage()
            + "."
            + advice,
        failed.retryAfter(),
        failed);
  }
}
