package rollout.adapter.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.port.PortException;

/**
 * Takes the answer to a range query apart into the answers that instant queries at the same moments
 * would have had: a moment's vector holds the series that have a point there.
 */
final class RangeAnswer {
  private RangeAnswer() {}

  /**
   * @return one answer for each moment; empty when the server evaluated at other moments than those
   *     that were asked for, as some do to make better use of a cache
   * @throws PortException when it is no range of samples
   */
  static Optional<List<Answer>> instants(Answer range, EvenTimes times) throws PortException {
    if (!range.type().equals("matrix")) {
      throw range.unusable("the answer is a " + range.type() + ", not a range of samples");
    }
    Map<Long, ArrayNode> vectors = new LinkedHashMap<>();
    times.millis().forEach(moment -> vectors.put(moment, JsonNodeFactory.instance.arrayNode()));
    for (JsonNode series : range.result()) {
      boolean asAsked =
          spread(range, series, "values", "value", vectors)
              && spread(range, series, "histograms", "histogram", vectors);
      if (!asAsked) {
        return Optional.empty();
      }
    }
    List<Answer> answers = new ArrayList<>();
    vectors
        .values()
        .forEach(items -> answers.add(new Answer(range.asked(), "vector", items, List.of())));
    return Optional.of(answers);
  }

  private static boolean spread(
      Answer range, JsonNode series, String points, String point, Map<Long, ArrayNode> vectors)
      throws PortException {
    for (JsonNode pair : series.path(points)) {
      ArrayNode vector = vectors.get(Samples.time(range, pair).toEpochMilli());
      if (vector == null) {
        return false;
      }
      ObjectNode item = vector.addObject();
      item.set("metric", series.path("metric"));
      item.set(point, pair);
    }
    return true;
  }
}
