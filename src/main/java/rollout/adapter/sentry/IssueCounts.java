package rollout.adapter.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.adapter.http.HttpAnswer;
import rollout.judge.Reading;

/** Counts issues and their events. What is cut short or incomplete is Partial, never a number. */
final class IssueCounts {
  private IssueCounts() {}

  /**
   * Issues whose life began at {@code since} or later. The {@code firstSeen} beside {@code
   * lifetime} is no such date: it speaks of the searched window and makes every issue look new.
   */
  static Reading newSince(Instant since, IssueSearch.Found found) {
    Born born = bornSince(since, found);
    return born.flaw().orElseGet(() -> new Reading.Value(born.issues().size()));
  }

  /**
   * New issues.
   *
   * @param flaw why these may not be all
   */
  record Born(List<JsonNode> issues, Optional<Reading> flaw) {}

  /** The issues whose life began at {@code since} or later. */
  static Born bornSince(Instant since, IssueSearch.Found found) {
    // Sentry gives whole seconds: an issue of the very second of the start counts as new.
    Instant from = IssueSearch.floor(since);
    List<JsonNode> issues = new ArrayList<>();
    boolean lastIsNew = true;
    for (JsonNode issue : found.issues()) {
      Optional<Instant> born = time(issue.path("lifetime").path("firstSeen"));
      if (born.isEmpty()) {
        return new Born(issues, Optional.of(undated(issue)));
      }
      lastIsNew = !born.get().isBefore(from);
      if (lastIsNew) {
        issues.add(issue);
      }
    }
    // The newest come first: beyond an old one there are only older ones.
    boolean more = found.cut() && lastIsNew;
    return new Born(issues, more ? Optional.of(cut(found)) : Optional.empty());
  }

  private static Reading undated(JsonNode issue) {
    return new Reading.Partial(
        "issue "
            + name(issue)
            + " came without lifetime.firstSeen, so it cannot be told"
            + " whether it is new");
  }

  /** Events in the window, over all issues, of those that match the search where Sentry tells. */
  static Reading events(IssueSearch.Found found) {
    double sum = 0;
    for (JsonNode issue : found.issues()) {
      JsonNode filtered = issue.path("filtered").path("count");
      Optional<Double> count =
          number(filtered.asText("").isEmpty() ? issue.path("count") : filtered);
      if (count.isEmpty()) {
        return new Reading.Partial("issue " + name(issue) + " came without a count of events");
      }
      sum += count.get();
    }
    return found.cut() ? cut(found) : new Reading.Value(sum);
  }

  private static Reading cut(IssueSearch.Found found) {
    return new Reading.Partial(
        "more than " + found.issues().size() + " issues match; narrow the query");
  }

  /** What people call it. */
  static String name(JsonNode issue) {
    return HttpAnswer.oneLine(
        issue.path("shortId").asText(issue.path("id").asText("without a name")));
  }

  /** Counts are texts, and numbers in other versions. */
  private static Optional<Double> number(JsonNode node) {
    String text = node.asText("");
    return text.matches("[0-9]{1,18}") ? Optional.of(Double.valueOf(text)) : Optional.empty();
  }

  private static Optional<Instant> time(JsonNode node) {
    try {
      return Optional.of(OffsetDateTime.parse(node.asText("")).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
