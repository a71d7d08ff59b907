package rollout.adapter.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rollout.adapter.http.HttpAsk;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;

/** Tells apart whom new issues hit: people for whom the flag was on, and others. */
final class AffectedUsers {
  /** More new issues than these at once need no statistics. */
  private static final int MOST_ISSUES = 20;

  private static final List<String> NAMES = List.of("id", "username", "email", "ip_address");

  private final SentryApi api;
  private final IssueSearch search;

  AffectedUsers(SentryApi api, IssueSearch search) {
    this.api = api;
    this.search = search;
  }

  /**
   * Distinct users of each arm in a window. Sentry knows of no requests: they stand for these, too.
   *
   * @return Split; Partial where issues or events are cut off, or do not say what it takes
   */
  Reading read(SignalQuery.SentrySplit query, Window window) throws PortException {
    IssueSearch.Found found =
        search.find(
            new SignalQuery.SentryIssues(
                query.source(), query.project(), query.search(), SignalQuery.Count.NEW_ISSUES),
            window);
    IssueCounts.Born born = IssueCounts.bornSince(query.since(), found);
    if (born.flaw().isPresent()) {
      return born.flaw().get();
    }
    if (born.issues().size() > MOST_ISSUES) {
      return new Reading.Partial(
          born.issues().size()
              + " new issues are more than the "
              + MOST_ISSUES
              + " whose events are read");
    }
    Arms arms = new Arms(query.flag());
    for (JsonNode issue : born.issues()) {
      Optional<Reading> flaw = add(issue, window, arms);
      if (flaw.isPresent()) {
        return flaw.get();
      }
    }
    return new Reading.Split(counts(arms.on), counts(arms.off));
  }

  private Optional<Reading> add(JsonNode issue, Window window, Arms arms) throws PortException {
    HttpAsk ask =
        HttpAsk.get("api", "0", "issues", issue.path("id").asText(), "events", "")
            .query("full", "true")
            .query("per_page", "100")
            .query("start", IssueSearch.floor(window.from()).toString())
            .query("end", IssueSearch.end(window).toString());
    String name = IssueCounts.name(issue);
    SentryApi.Listing events = api.list(ask, "for the events of issue " + name);
    if (events.cut()) {
      return Optional.of(
          new Reading.Partial(
              "issue " + name + " has more than " + events.entries().size() + " events"));
    }
    boolean told = false;
    for (JsonNode event : events.entries()) {
      told |= arms.add(event);
    }
    return told || events.entries().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reading.Partial(
                "no event of issue " + name + " says whether " + arms.flag + " was on"));
  }

  private static Reading.Counts counts(Set<String> users) {
    return new Reading.Counts(users.size(), users.size());
  }

  /** Users by what the flag was for them; one of both kinds was hit in both. */
  private static final class Arms {
    private final String flag;
    private final Set<String> on = new HashSet<>();
    private final Set<String> off = new HashSet<>();

    Arms(String flag) {
      this.flag = flag;
    }

    /** Whether the event tells the state of the flag. */
    boolean add(JsonNode event) {
      Optional<Boolean> state = FlagStates.of(event, flag);
      state.ifPresent(isOn -> (isOn ? on : off).add(user(event.path("user"))));
      return state.isPresent();
    }

    /** All who have no name are one. */
    private static String user(JsonNode user) {
      return NAMES.stream()
          .filter(name -> !user.path(name).asText("").isEmpty() && !user.path(name).isNull())
          .findFirst()
          .map(name -> name + " " + user.path(name).asText())
          .orElse("");
    }
  }
}
