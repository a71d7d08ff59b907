package rollout.adapter.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import rollout.adapter.http.HttpAnswer;
import rollout.port.PortException;

/** Reads pairs of time and value, whose values are texts. */
final class Samples {
  /** Without what parseDouble alone would also take, such as "1d" and hexadecimal. */
  private static final Pattern FINITE =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private Samples() {}

  /** The samples of the one series of a range query; none when nothing matched. */
  static List<Sample> of(Answer answer) throws PortException {
    if (!answer.type().equals("matrix")) {
      throw answer.unusable("the answer is a " + answer.type() + ", not a range of samples");
    }
    if (answer.result().size() > 1) {
      throw answer.unusable(several(answer) + "; one is wanted, aggregate them with sum()");
    }
    JsonNode series = answer.result().path(0);
    if (series.has("histograms")) {
      throw answer.unusable("the query gives histograms, not numbers");
    }
    List<Sample> samples = new ArrayList<>();
    for (JsonNode pair : series.path("values")) {
      samples.add(new Sample(time(answer, pair), number(answer, pair)));
    }
    return samples;
  }

  /** The value of one pair. */
  static double number(Answer answer, JsonNode pair) throws PortException {
    String text = pair.path(1).asText("");
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> finite(answer, text);
    };
  }

  /** How many series there are, and two of them by their labels. */
  static String several(Answer answer) {
    return "the query gives "
        + answer.result().size()
        + " series, such as "
        + labels(answer, 0)
        + " and "
        + labels(answer, 1);
  }

  private static String labels(Answer answer, int series) {
    return HttpAnswer.oneLine(answer.result().path(series).path("metric").toString());
  }

  private static double finite(Answer answer, String text) throws PortException {
    if (!FINITE.matcher(text).matches()) {
      throw answer.unusable(
          "a value is \"" + HttpAnswer.oneLine(text) + "\" and no number; is this Prometheus?");
    }
    return Double.parseDouble(text);
  }

  /** The moment of one pair, to the millisecond. */
  static Instant time(Answer answer, JsonNode pair) throws PortException {
    if (!pair.path(0).isNumber()) {
      throw answer.unusable("a sample has no time; is this Prometheus?");
    }
    BigDecimal millis = pair.path(0).decimalValue().movePointRight(3);
    return Instant.ofEpochMilli(millis.longValue());
  }
}
