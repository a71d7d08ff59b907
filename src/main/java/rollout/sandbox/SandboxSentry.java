package rollout.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Source;

/**
 * A Sentry that knows the searches of one plan and answers each from the {@link World}; any other
 * search finds no issue. Like the real one it shows, outside of {@code lifetime}, only what
 * happened in the window that was asked for.
 */
public final class SandboxSentry implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String API = "/api/0/";

  private final IssueBook book;
  private final Outage outage;
  private final InstantSource clock;
  private final String organization;
  private final LoopbackServer server;

  /**
   * Starts to listen.
   *
   * @param source the one of the plan it stands for
   * @param clock what it takes for now
   * @throws IllegalArgumentException when nothing fills a placeholder of a search
   */
  public SandboxSentry(
      Plan plan, FlagName flag, Source.Sentry source, World world, InstantSource clock) {
    this.book = new IssueBook(plan, flag, world, source.name());
    this.outage = new Outage(plan, world);
    this.clock = clock;
    this.organization = source.organization();
    this.server = new LoopbackServer("sandbox-sentry", this::answer);
  }

  /** Where it listens. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }

  private Reply answer(SandboxRequest request) {
    if (outage.isOn(clock.instant())) {
      return Reply.text(503, "text/html", "<html><body>503 Service Unavailable</body></html>");
    }
    try {
      if (request.path().equals(API + "organizations/" + organization + "/issues/")) {
        return issues(request);
      }
      if (request.path().equals(API + "organizations/" + organization + "/projects/")) {
        ArrayNode all = JSON.arrayNode();
        book.projects().forEach(slug -> all.add(project(slug)));
        return Reply.json(200, all);
      }
      return book.projects().stream()
          .filter(
              slug -> request.path().equals(API + "projects/" + organization + "/" + slug + "/"))
          .findFirst()
          .map(slug -> Reply.json(200, project(slug)))
          .orElseGet(() -> refusal(404, "The requested resource does not exist"));
    } catch (IllegalArgumentException | DateTimeException bad) {
      return refusal(400, bad.getMessage());
    }
  }

  private Reply issues(SandboxRequest request) {
    IssueSearch search = IssueSearch.of(request.query(), clock.instant());
    List<IssueRow> rows = rows(search);
    int end = Math.min(rows.size(), search.offset() + search.limit());
    ArrayNode page = JSON.arrayNode();
    for (IssueRow row : rows.subList(Math.min(search.offset(), end), end)) {
      page.add(row.json(project(row.issue().project()), address(), clock.instant()));
    }
    return Reply.json(200, page).with("Link", links(request, search, end < rows.size()));
  }

  /** The most frequent first. */
  private List<IssueRow> rows(IssueSearch search) {
    List<IssueRow> rows = new ArrayList<>();
    for (String slug : book.projects()) {
      Set<String> environments = book.environments(slug, search.text());
      if (asksFor(search.project(), slug) && !environments.isEmpty()) {
        for (Issue issue : book.issues(slug)) {
          long count = issue.count(environments, search.window());
          if (count > 0 && !issue.born().isBefore(search.bornFrom())) {
            rows.add(new IssueRow(issue, environments, search.window(), count));
          }
        }
      }
    }
    rows.sort(Comparator.comparingLong(IssueRow::count).reversed());
    return rows;
  }

  private boolean asksFor(String project, String slug) {
    return project.equals(slug) || project.equals("-1") || project.equals(number(slug));
  }

  private String number(String slug) {
    return Integer.toString(book.projects().indexOf(slug) + 1);
  }

  private ObjectNode project(String slug) {
    return JSON.objectNode()
        .put("id", number(slug))
        .put("slug", slug)
        .put("name", slug)
        .put("platform", "go")
        .put("status", "active");
  }

  /** Both relations are always there; only {@code results} says whether there is a page. */
  private String links(SandboxRequest request, IssueSearch search, boolean more) {
    int before = Math.max(0, search.offset() - search.limit());
    return link(request, "previous", search.offset() > 0, "0:" + before + ":1")
        + ", "
        + link(request, "next", more, "0:" + (search.offset() + search.limit()) + ":0");
  }

  private String link(SandboxRequest request, String relation, boolean results, String cursor) {
    Map<String, String> query = new LinkedHashMap<>(request.query());
    query.put("cursor", cursor);
    List<String> pairs = new ArrayList<>();
    query.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
    return "<%s%s?%s>; rel=\"%s\"; results=\"%s\"; cursor=\"%s\""
        .formatted(address(), request.path(), String.join("&", pairs), relation, results, cursor);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Reply refusal(int status, String detail) {
    return Reply.json(status, "detail", Optional.ofNullable(detail).orElse("Bad Request"));
  }
}
