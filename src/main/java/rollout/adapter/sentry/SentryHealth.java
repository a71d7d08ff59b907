package rollout.adapter.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.ClockSkew;
import rollout.port.Health;
import rollout.port.PortException;

/** Looks whether a Sentry answers us, what our token may, and whether it sees our projects. */
public final class SentryHealth implements Health {
  private static final Set<String> SCOPES = Set.of("event:read", "org:read", "project:read");
  private static final Duration RECENT = Duration.ofHours(1);

  private final SentryApi api;
  private final String organization;
  private final Set<String> projects;
  private final InstantSource clock;

  /**
   * @param organization its slug
   * @param projects slugs of those that the plan asks about
   * @param clock for comparing it with the server's
   */
  public SentryHealth(
      HttpEndpoint endpoint,
      String organization,
      Collection<String> projects,
      InstantSource clock) {
    this.api = new SentryApi(endpoint, clock);
    this.organization = organization;
    this.projects = new TreeSet<>(projects);
    this.clock = clock;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    try {
      HttpAnswer index = api.send(HttpAsk.get("api", "0", ""), "who we are");
      Instant here = clock.instant();
      findings.add(new Finding(Wellness.WELL, "reached", api.address()));
      findings.add(index.status() == 401 ? token(index) : scopes(index));
      projects.forEach(project -> findings.add(query(project)));
      findings.add(ClockSkew.finding(index.date(), here));
    } catch (PortException failed) {
      findings.add(new Finding(Wellness.ILL, "reached", failed.getMessage()));
    }
    return findings;
  }

  private Finding token(HttpAnswer index) {
    return new Finding(Wellness.ILL, "token", api.refused(index, "who we are").getMessage());
  }

  private static Finding scopes(HttpAnswer index) {
    Set<String> missing = new TreeSet<>(SCOPES);
    JsonNode known = auth(index).path("scopes");
    known.forEach(scope -> missing.remove(scope.asText()));
    if (known.isEmpty()) {
      return new Finding(
          Wellness.DOUBTFUL,
          "scopes",
          "not told; it needs " + String.join(", ", new TreeSet<>(SCOPES)));
    }
    return missing.isEmpty()
        ? new Finding(Wellness.WELL, "scopes", String.join(", ", new TreeSet<>(SCOPES)))
        : new Finding(Wellness.ILL, "scopes", "the token lacks " + String.join(", ", missing));
  }

  private static JsonNode auth(HttpAnswer index) {
    try {
      return index.json().path("auth");
    } catch (HttpFailure notJson) {
      return MissingNode.getInstance();
    }
  }

  private Finding query(String project) {
    Instant now = clock.instant();
    IssueSearch search =
        new IssueSearch(api, organization, new Visibility(api, organization, clock));
    try {
      IssueSearch.Found found =
          search.find(
              new SignalQuery.SentryIssues("", project, "", SignalQuery.Count.EVENTS),
              new Window(now.minus(RECENT), now));
      return new Finding(
          Wellness.WELL,
          "query",
          project
              + " is visible, "
              + found.issues().size()
              + " unresolved issues in the last hour");
    } catch (PortException failed) {
      return new Finding(Wellness.ILL, "query", failed.getMessage());
    }
  }
}
