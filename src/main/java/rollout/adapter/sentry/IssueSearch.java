package rollout.adapter.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import rollout.adapter.http.HttpAsk;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;

/** Searches the issues of a project that had events in a window. */
final class IssueSearch {
  /** Sentry's own default; an empty search would mean every issue there is. */
  private static final String UNRESOLVED = "is:unresolved";

  private final SentryApi api;
  private final String organization;
  private final Visibility visibility;

  IssueSearch(SentryApi api, String organization, Visibility visibility) {
    this.api = api;
    this.organization = organization;
    this.visibility = visibility;
  }

  /**
   * What was found.
   *
   * @param issues each once, in the order of the search
   * @param cut whether there are more
   */
  record Found(Collection<JsonNode> issues, boolean cut) {}

  /**
   * Searches.
   *
   * @throws PortException when it could not be done, or nothing was found and the project cannot be
   *     seen
   */
  Found find(SignalQuery.SentryIssues query, Window window) throws PortException {
    SentryApi.Listing listing =
        api.list(
            ask(query, window),
            "for issues of " + query.project() + " with \"" + search(query) + "\"");
    Map<String, JsonNode> issues = new LinkedHashMap<>();
    for (JsonNode issue : listing.entries()) {
      // An issue moves down the list while we turn the pages.
      issues.putIfAbsent(issue.path("id").asText(issue.toString()), issue);
      if (issue.path("project").path("slug").asText().equals(query.project())) {
        visibility.seen(query.project());
      }
    }
    visibility.require(query.project());
    return new Found(issues.values(), listing.cut());
  }

  private HttpAsk ask(SignalQuery.SentryIssues query, Window window) {
    return HttpAsk.get("api", "0", "organizations", organization, "issues", "")
        .query("query", search(query))
        .query("project", query.project())
        .query("start", floor(window.from()).toString())
        .query("end", end(window).toString())
        .query("sort", query.count() == SignalQuery.Count.NEW_ISSUES ? "new" : "freq")
        .query("limit", "100")
        // Without it each issue brings a sparkline along that costs the server a query.
        .query("groupStatsPeriod", "");
  }

  private static String search(SignalQuery.SentryIssues query) {
    return query.search().isBlank() ? UNRESOLVED : query.search();
  }

  /** Sentry knows whole seconds only. */
  static Instant floor(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The end of a window in whole seconds, after its beginning. */
  static Instant end(Window window) {
    Instant whole = floor(window.to());
    Instant up = whole.equals(window.to()) ? whole : whole.plusSeconds(1);
    return up.isAfter(floor(window.from())) ? up : up.plusSeconds(1);
  }
}
