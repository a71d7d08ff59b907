package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.port.PortException;

/**
 * Reads a list of GitLab's to its end, page by page, always from the configured address: a next
 * page on another host would get our token.
 */
final class Pages {
  private static final int ENTRIES = 100;
  private static final int MOST_PAGES = 50;
  private static final Pattern NEXT =
      Pattern.compile("[?&]page=([0-9]+)[^>]*>\\s*;[^,]*rel=\"next\"");

  private final HttpEndpoint server;
  private final GitLabApi api;

  Pages(HttpEndpoint server) {
    this.server = server;
    this.api = new GitLabApi(server);
  }

  /**
   * All entries.
   *
   * @throws PortException when any page could not be read, or there is no end to them
   */
  List<JsonNode> all(HttpAsk ask) throws PortException {
    List<JsonNode> entries = new ArrayList<>();
    Optional<String> page = Optional.of("1");
    for (int read = 0; page.isPresent(); read++) {
      if (read == MOST_PAGES) {
        throw strange(ask, "it has more than " + MOST_PAGES + " pages");
      }
      HttpAnswer answer =
          api.answer(ask.query("per_page", String.valueOf(ENTRIES)).query("page", page.get()));
      JsonNode list = api.json(ask, answer);
      if (!list.isArray()) {
        throw strange(ask, "it is no list");
      }
      list.forEach(entries::add);
      page = next(answer, page.get(), list.size());
    }
    return entries;
  }

  /** A proxy may take the headers away: then a full page is not taken for the last. */
  private static Optional<String> next(HttpAnswer answer, String page, int size) {
    Optional<String> named = answer.header("X-Next-Page").map(String::strip);
    if (named.isPresent()) {
      return named.filter(number -> number.matches("[0-9]+") && !number.equals(page));
    }
    Optional<String> linked =
        answer.headers().getOrDefault("Link", List.of()).stream()
            .map(NEXT::matcher)
            .filter(Matcher::find)
            .map(link -> link.group(1))
            .findFirst();
    return linked.or(
        () ->
            size < ENTRIES
                ? Optional.empty()
                : Optional.of(String.valueOf(Integer.parseInt(page) + 1)));
  }

  private PortException strange(HttpAsk ask, String why) {
    return Trouble.reading(server, ask).with(new IllegalArgumentException(why));
  }
}
