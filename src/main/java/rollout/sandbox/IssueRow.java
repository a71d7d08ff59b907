package rollout.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import rollout.plan.Window;

/**
 * An issue as the answer to one search shows it.
 *
 * @param environments whose events match the search
 * @param count those in the window that match, at least one
 */
record IssueRow(Issue issue, Set<String> environments, Window window, long count) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Events of the issue for each that matches the search's text: what else it is made of. */
  private static final int MORE = 2;

  /** The issue in Sentry's form. */
  ObjectNode json(ObjectNode project, URI server, Instant now) {
    String number = Integer.toString(issue.id());
    ObjectNode json =
        JSON.objectNode()
            .put("id", number)
            .put("shortId", issue.project().toUpperCase(Locale.ROOT) + "-" + number)
            .put("title", issue.title())
            .put("culprit", "gitaly.CommitService")
            .put("permalink", server + "/organizations/sandbox/issues/" + number + "/")
            .put("level", "error")
            .put("status", "unresolved")
            .put("substatus", isOld(now) ? "ongoing" : "new")
            .put("type", "error");
    json.set("project", project);
    json.set("assignedTo", assignee(now));
    seen(json, MORE * count, window);
    seen(json.putObject("filtered"), count, window);
    seen(json.putObject("lifetime"), MORE * sinceBirth(now), new Window(issue.born(), end(now)));
    return json;
  }

  private boolean isOld(Instant now) {
    return issue.born().isBefore(now.minus(Duration.ofDays(7)));
  }

  private ObjectNode assignee(Instant now) {
    return isOld(now)
        ? JSON.objectNode().put("type", "team").put("id", "7").put("name", "gitaly")
        : null;
  }

  private long sinceBirth(Instant now) {
    return issue.count(environments, new Window(issue.born(), end(now)));
  }

  private Instant end(Instant now) {
    return now.isAfter(window.to()) ? now : window.to();
  }

  /** The counts and times of a window: of the whole life only when that is the window. */
  private void seen(ObjectNode json, long events, Window within) {
    Instant from = issue.born().isAfter(within.from()) ? issue.born() : within.from();
    json.put("count", Long.toString(events))
        .put("userCount", events / 2 + 1)
        .put("firstSeen", from.truncatedTo(ChronoUnit.MILLIS).toString())
        .put("lastSeen", within.to().truncatedTo(ChronoUnit.MILLIS).toString());
  }
}
