package rollout.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpFailure;

/** What Elasticsearch says when it refuses, and what to do about it. */
final class SearchWords {
  private SearchWords() {}

  /**
   * The root cause, which names the index or the part of the query; in some versions the error is a
   * bare text.
   */
  static String said(HttpAnswer answer) {
    JsonNode error = body(answer).path("error");
    if (error.isTextual()) {
      return HttpAnswer.oneLine(error.asText());
    }
    JsonNode root = error.path("root_cause").path(0);
    JsonNode cause = root.has("reason") ? root : error;
    return cause.path("reason").isTextual()
        ? HttpAnswer.oneLine(
            cause.path("type").asText("error") + ": " + cause.path("reason").asText())
        : answer.summary();
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
      case 400 -> "correct the search; it is written in Lucene's syntax, not in Kibana's";
      case 401 -> "look at the source's api_key, token or basic";
      case 403 -> "the key needs the privilege to read this index";
      case 404 -> "look at the source's index and url";
      default -> "it is asked again at the next look";
    };
  }
}
