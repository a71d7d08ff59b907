package rollout.adapter.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import rollout.judge.Reading;
import rollout.port.PortException;

/** Makes a reading of the answer to an instant query. */
final class InstantAnswer {
  private static final String AGGREGATE =
      "; one number is wanted, aggregate them with sum() or the like";

  private InstantAnswer() {}

  /**
   * @param splitBy the label that tells several series apart; empty when one number is wanted
   * @throws PortException when the query asks for something that is no number
   */
  static Reading read(Answer answer, String splitBy) throws PortException {
    Reading reading = value(answer, splitBy);
    return answer.warnings().isEmpty()
        ? reading
        : new Reading.Partial("Prometheus warned: " + answer.warned());
  }

  private static Reading value(Answer answer, String splitBy) throws PortException {
    return switch (answer.type()) {
      case "scalar" -> new Reading.Value(Samples.number(answer, answer.result()));
      case "vector" -> vector(answer, splitBy);
      case "matrix" ->
          throw answer.unusable(
              "the query gives a range of samples; wrap it in a function such as increase()");
      default ->
          throw answer.unusable(
              "the query gives a " + answer.type() + ", not a number; write another query");
    };
  }

  private static Reading vector(Answer answer, String splitBy) throws PortException {
    if (answer.isEmpty()) {
      return new Reading.NoData("the query matched no series");
    }
    if (!splitBy.isEmpty()) {
      return series(answer, splitBy);
    }
    if (answer.result().size() > 1) {
      throw answer.unusable(Samples.several(answer) + AGGREGATE);
    }
    return new Reading.Value(number(answer, answer.result().get(0)));
  }

  private static Reading series(Answer answer, String splitBy) throws PortException {
    Map<String, Double> values = new HashMap<>();
    for (JsonNode item : answer.result()) {
      String label = item.path("metric").path(splitBy).asText("");
      if (values.put(label, number(answer, item)) != null) {
        throw answer.unusable(
            Samples.several(answer)
                + " for one value of "
                + splitBy
                + "; write sum by ("
                + splitBy
                + ")");
      }
    }
    return new Reading.Series(values);
  }

  private static double number(Answer answer, JsonNode item) throws PortException {
    if (item.has("histogram")) {
      throw answer.unusable(
          "the query gives a histogram, not a number; wrap it in histogram_quantile() or the"
              + " like");
    }
    return Samples.number(answer, item.path("value"));
  }
}
