package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpFailure;

/**
 * GitLab's own words for an error, whichever of its shapes they come in: {@code {"message": …}},
 * {@code {"error": …, "error_description": …, "scope": …}}, a bare text, a page of HTML.
 */
final class Complaint {
  private static final List<String> KEYS = List.of("message", "error", "error_description");

  private Complaint() {}

  static String of(HttpAnswer answer) {
    try {
      String words = words(answer.json());
      return words.isEmpty() ? answer.summary() : "\"" + words + "\"";
    } catch (HttpFailure notJson) {
      return answer.summary();
    }
  }

  private static String words(JsonNode body) {
    Stream<String> scope = Stream.of(body.path("scope").asText("")).filter(text -> !text.isEmpty());
    return Stream.concat(
            KEYS.stream().map(body::get).filter(Objects::nonNull).map(Complaint::text),
            scope.map(text -> "scope " + text))
        .map(HttpAnswer::oneLine)
        .collect(Collectors.joining(": "));
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
