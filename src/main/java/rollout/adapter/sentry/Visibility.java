package rollout.adapter.sentry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.port.PortException;

/**
 * Whether a project can be seen at all: Sentry answers an empty list of issues for one that cannot.
 */
final class Visibility {
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final SentryApi api;
  private final String organization;
  private final InstantSource clock;
  private final Map<String, Instant> seen = new ConcurrentHashMap<>();

  Visibility(SentryApi api, String organization, InstantSource clock) {
    this.api = api;
    this.organization = organization;
    this.clock = clock;
  }

  /** Notes that something of this project was seen. */
  void seen(String project) {
    seen.put(project, clock.instant());
  }

  /**
   * Makes sure of a project, by the project's own address or the organisation's list.
   *
   * @throws PortException naming project and status when it is not visible or cannot be told
   */
  void require(String project) throws PortException {
    Instant last = seen.get(project);
    if (last != null && clock.instant().isBefore(last.plus(REMEMBERED))) {
      return;
    }
    String what = "for the project " + project;
    HttpAnswer own = api.send(HttpAsk.get("api", "0", "projects", organization, project, ""), what);
    if (!own.isSuccess() && !isListed(project, own)) {
      throw api.refused(own, what);
    }
    seen(project);
  }

  private boolean isListed(String project, HttpAnswer own) throws PortException {
    HttpAsk ask = HttpAsk.get("api", "0", "organizations", organization, "projects", "");
    String what = "for the projects of " + organization;
    HttpAnswer first = api.send(ask, what);
    if (!first.isSuccess()) {
      // A server that knows neither address cannot be asked; it has not said no.
      return isUnknown(own) && isUnknown(first);
    }
    return api.list(ask, first, what).entries().stream()
        .anyMatch(entry -> entry.path("slug").asText().equals(project));
  }

  private static boolean isUnknown(HttpAnswer answer) {
    return answer.status() == 404 && !SentryWords.isSentrysWord(answer);
  }
}
