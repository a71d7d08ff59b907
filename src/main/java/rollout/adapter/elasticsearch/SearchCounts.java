package rollout.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import rollout.judge.Reading;
import rollout.port.PortException;

/** Reads the counts of one window out of an answer. */
final class SearchCounts {
  private final Answer answer;
  private final int windows;

  /**
   * @param windows how many were asked for
   */
  SearchCounts(Answer answer, int windows) {
    this.answer = answer;
    this.windows = windows;
  }

  /** How many entries matched in a window, from 0. */
  Reading count(int window) throws PortException {
    if (windows > 1) {
      return new Reading.Value(number(bucket(window), "doc_count"));
    }
    JsonNode total = answer.body().path("hits").path("total");
    if (total.path("relation").asText("eq").equals("gte")) {
      return new Reading.Partial(
          "the server counted to " + total.path("value") + " and no further");
    }
    // A bare number in version 6.
    return new Reading.Value(total.isNumber() ? total.asLong() : number(total, "value"));
  }

  /** Both arms in a window, from 0. */
  Reading split(int window) throws PortException {
    JsonNode within = windows > 1 ? bucket(window) : answer.body().path("aggregations");
    JsonNode arms = within.path(SearchBody.ARM).path("buckets");
    return new Reading.Split(arm(arms.path(SearchBody.ON)), arm(arms.path(SearchBody.OFF)));
  }

  private Reading.Counts arm(JsonNode arm) throws PortException {
    return new Reading.Counts(
        number(arm.path(SearchBody.ERRORS), "doc_count"), number(arm, "doc_count"));
  }

  private JsonNode bucket(int window) {
    return answer
        .body()
        .path("aggregations")
        .path(SearchBody.WINDOWS)
        .path("buckets")
        .path(Integer.toString(window));
  }

  private long number(JsonNode node, String field) throws PortException {
    JsonNode count = node.path(field);
    if (!count.isIntegralNumber() || count.asLong() < 0) {
      throw answer.unusable(
          "the answer holds no count where one was asked for; is this Elasticsearch?");
    }
    return count.asLong();
  }
}
