package rollout.adapter.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpFailure;

/** What Sentry says when it refuses, and what to do about it. */
final class SentryWords {
  private SentryWords() {}

  /** Whether Sentry itself refused; a path that it does not know gives a page instead. */
  static boolean isSentrysWord(HttpAnswer answer) {
    return body(answer).has("detail");
  }

  /** {@code {"detail": …}}, a bare string, or a page of a proxy. */
  static String said(HttpAnswer answer) {
    JsonNode body = body(answer);
    JsonNode detail = body.isTextual() ? body : body.path("detail");
    if (detail.isMissingNode()) {
      return answer.summary();
    }
    return HttpAnswer.oneLine(detail.isTextual() ? detail.asText() : detail.toString());
  }

  private static JsonNode body(HttpAnswer answer) {
    try {
      return answer.json();
    } catch (HttpFailure notJson) {
      return MissingNode.getInstance();
    }
  }

  /** What to do about a status. */
  static String advice(int status) {
    return switch (status) {
      case 400 -> "correct the query";
      case 401 -> "look at the source's token";
      case 403 -> "the token needs event:read, org:read and project:read";
      case 404 -> "look at the source's url, organization and project";
      default -> "it is asked again at the next look";
    };
  }
}
