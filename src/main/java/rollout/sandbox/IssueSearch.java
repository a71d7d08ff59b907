package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rollout.plan.Durations;
import rollout.plan.Window;

/**
 * What was asked of the list of issues.
 *
 * @param project a slug, a number, or {@code -1} for all
 * @param window events outside of it do not count
 * @param bornFrom issues that are older are left out
 * @param offset of the first issue of the page
 * @param limit of the page, 1 to 100
 */
record IssueSearch(
    String project, String text, Window window, Instant bornFrom, int offset, int limit) {
  private static final Pattern TIME =
      Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\\.[0-9]{1,6})?Z?");
  private static final Pattern BORN = Pattern.compile("(?:^|\\s)firstSeen:>=?(\\S+)");
  private static final Pattern CURSOR = Pattern.compile("0:([0-9]{1,6}):[01]");

  /**
   * Reads the parameters of the address.
   *
   * @throws IllegalArgumentException saying what Sentry says of bad ones
   */
  static IssueSearch of(Map<String, String> query, Instant now) {
    String text = query.getOrDefault("query", "is:unresolved");
    Matcher born = BORN.matcher(text);
    Matcher cursor = CURSOR.matcher(query.getOrDefault("cursor", ""));
    return new IssueSearch(
        query.getOrDefault("project", "-1"),
        text,
        window(query, now),
        born.find() ? time(born.group(1)) : Instant.MIN,
        cursor.matches() ? Integer.parseInt(cursor.group(1)) : 0,
        limit(query.getOrDefault("limit", "100")));
  }

  private static Window window(Map<String, String> query, Instant now) {
    boolean start = query.containsKey("start");
    if (start != query.containsKey("end")) {
      throw new IllegalArgumentException("start and end are both required");
    }
    if (!start) {
      Duration period = Durations.parse(query.getOrDefault("statsPeriod", "90d"));
      return new Window(now.minus(period), now);
    }
    Instant from = time(query.get("start"));
    Instant to = time(query.get("end"));
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("start must be before end");
    }
    return new Window(from, to);
  }

  /** Like Sentry: whatever stands behind the seconds, it is UTC. */
  private static Instant time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " is not a valid ISO8601 date query");
    }
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    return Instant.parse(matcher.group(1) + fraction + "Z");
  }

  private static int limit(String text) {
    if (!text.matches("[1-9][0-9]?|100")) {
      throw new IllegalArgumentException("Invalid value for limit. Cannot be larger than 100.");
    }
    return Integer.parseInt(text);
  }
}
