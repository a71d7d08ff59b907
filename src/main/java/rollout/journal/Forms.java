package rollout.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Percentage;
import rollout.plan.RolloutId;

/** The stored forms of single values. */
final class Forms {
  static final Form<String> TEXT = text(Function.identity(), Function.identity());

  /** ISO-8601 in UTC, with as many decimals as it takes. */
  static final Form<Instant> INSTANT = text(Instant::toString, Instant::parse);

  /** ISO-8601, as in {@code PT5M}: exact, unlike the spelling of rollout.yaml. */
  static final Form<Duration> DURATION = text(Duration::toString, Duration::parse);

  static final Form<Percentage> PERCENTAGE = text(Percentage::toString, Percentage::parse);

  /** {@code off} or a percentage. */
  static final Form<Exposure> EXPOSURE = text(Exposure::toString, Exposure::parse);

  static final Form<FlagName> FLAG = text(FlagName::value, FlagName::new);
  static final Form<RolloutId> ROLLOUT = text(RolloutId::value, RolloutId::new);

  /** The environments of a stage: one as a text, several as a list, as rollout.yaml has them. */
  static final Form<List<String>> PLACES =
      value(
          Forms::writePlaces,
          json -> json.isTextual() || json.isArray() && !json.isEmpty(),
          json -> json.isTextual() ? List.of(json.textValue()) : texts(json));

  static final Form<Long> WHOLE =
      value(JsonGenerator::writeNumber, JsonNode::isIntegralNumber, JsonNode::longValue);
  static final Form<Boolean> TRUTH =
      value(JsonGenerator::writeBoolean, JsonNode::isBoolean, JsonNode::booleanValue);

  private static final Map<String, Double> BEYOND_JSON =
      Map.of("NaN", Double.NaN, "+Inf", Double.POSITIVE_INFINITY, "-Inf", Double.NEGATIVE_INFINITY);

  /** A JSON number; {@code "NaN"}, {@code "+Inf"} and {@code "-Inf"} for what JSON has not. */
  static final Form<Double> NUMBER =
      value(
          Forms::writeNumber,
          json -> json.isNumber() || BEYOND_JSON.containsKey(json.asText()),
          json -> json.isNumber() ? json.doubleValue() : BEYOND_JSON.get(json.asText()));

  private Forms() {}

  /** Anything that is stored as a text. */
  static <T> Form<T> text(Function<T, String> print, Function<String, T> parse) {
    return value(
        (json, value) -> json.writeString(print.apply(value)),
        JsonNode::isTextual,
        json -> parse.apply(json.textValue()));
  }

  /** A constant, by its name. */
  static <E extends Enum<E>> Form<E> word(Class<E> type) {
    Map<String, E> known =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(Enum::name, Function.identity()));
    return text(
        Enum::name,
        name -> {
          if (!known.containsKey(name)) {
            throw new UnknownWordException(
                "\"" + name + "\" is no " + type.getSimpleName() + " it knows");
          }
          return known.get(name);
        });
  }

  private static void writePlaces(JsonGenerator json, List<String> places) throws IOException {
    if (places.size() == 1) {
      json.writeString(places.get(0));
    } else {
      json.writeArray(places.toArray(String[]::new), 0, places.size());
    }
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(element -> texts.add(TEXT.read(element)));
    return texts;
  }

  private static void writeNumber(JsonGenerator json, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeString("NaN");
    } else if (Double.isInfinite(value)) {
      json.writeString(value > 0 ? "+Inf" : "-Inf");
    } else {
      json.writeNumber(value);
    }
  }

  private static <T> Form<T> value(
      Writer<T> writer, Predicate<JsonNode> fits, Function<JsonNode, T> reader) {
    return new Form<>() {
      @Override
      public void write(JsonGenerator json, T value) throws IOException {
        writer.write(json, value);
      }

      @Override
      public T read(JsonNode json) {
        if (!fits.test(json)) {
          throw new IllegalArgumentException(json + " is not of the kind that is stored there");
        }
        return reader.apply(json);
      }
    };
  }

  private interface Writer<T> {
    void write(JsonGenerator json, T value) throws IOException;
  }
}
