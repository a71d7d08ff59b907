package rollout.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import rollout.adapter.http.HttpAnswer;
import rollout.port.PortException;

/**
 * The answer to a search.
 *
 * @param index that was searched
 * @param asked what was asked of whom, for messages
 */
record Answer(String index, String asked, JsonNode body) {
  /**
   * What of the index is missing from the answer: Elasticsearch says 200 to half of it.
   *
   * @throws PortException when nothing was searched at all
   */
  Optional<String> missing() throws PortException {
    JsonNode shards = body.path("_shards");
    if (!shards.path("total").isInt()) {
      throw unusable("the answer tells of no shards; is this Elasticsearch?");
    }
    if (shards.path("total").asInt() == 0) {
      throw unusable("no index has such a name; look at the source's index");
    }
    int failed = shards.path("failed").asInt();
    if (failed > 0) {
      return Optional.of(
          failed + " of " + shards.path("total").asInt() + " shards did not answer" + why(shards));
    }
    if (body.path("timed_out").asBoolean()) {
      return Optional.of("the search took too long and was cut short");
    }
    if (body.path("terminated_early").asBoolean()) {
      return Optional.of("the search ended early");
    }
    int skipped = body.path("_clusters").path("skipped").asInt();
    return skipped > 0 ? Optional.of(skipped + " remote clusters were left out") : Optional.empty();
  }

  private static String why(JsonNode shards) {
    JsonNode reason = shards.path("failures").path(0).path("reason");
    String type = reason.path("type").asText("");
    return type.isEmpty() ? "" : " (" + HttpAnswer.oneLine(type) + ")";
  }

  /** An answer that cannot be used. */
  PortException unusable(String why) {
    return new PortException(PortException.Kind.REFUSED, 200, asked + ", but " + why, null);
  }
}
