package rollout.adapter.sentry;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rollout.adapter.http.HttpAnswer;

/**
 * Finds the next page in a {@code Link} header. Both directions are always there; only {@code
 * results} tells whether one leads anywhere, and a short page is not the last.
 */
final class NextPage {
  private static final Pattern LINK = Pattern.compile("<[^>]*>((?:\\s*;\\s*\\w+=\"[^\"]*\")*)");
  private static final Pattern NEXT = Pattern.compile("rel=\"next\"");
  private static final Pattern MORE = Pattern.compile("results=\"true\"");
  private static final Pattern CURSOR = Pattern.compile("cursor=\"([^\"]+)\"");

  private NextPage() {}

  /** The cursor of the next page; empty when this one is the last. */
  static Optional<String> cursor(HttpAnswer answer) {
    return answer.headers().getOrDefault("Link", List.of()).stream()
        .flatMap(line -> LINK.matcher(line).results())
        .map(link -> link.group(1))
        .filter(link -> NEXT.matcher(link).find() && MORE.matcher(link).find())
        .map(CURSOR::matcher)
        .filter(Matcher::find)
        .map(cursor -> cursor.group(1))
        .findFirst();
  }
}
