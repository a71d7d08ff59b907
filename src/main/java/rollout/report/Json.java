package rollout.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import rollout.core.Actor;

/**
 * A JSON object in the making: texts are escaped, moments are UTC, numbers that JSON cannot hold
 * and whatever is absent become null.
 */
final class Json {
  private final ObjectNode node = JsonNodeFactory.instance.objectNode();

  ObjectNode node() {
    return node;
  }

  Json put(String field, String text) {
    node.put(field, Escape.line(text));
    return this;
  }

  Json put(String field, Optional<String> text) {
    node.put(field, text.map(Escape::line).orElse(null));
    return this;
  }

  Json put(String field, boolean value) {
    node.put(field, value);
    return this;
  }

  Json put(String field, long value) {
    node.put(field, value);
    return this;
  }

  Json put(String field, double value) {
    return number(field, Optional.of(value));
  }

  Json number(String field, Optional<Double> value) {
    node.put(field, value.filter(Double::isFinite).orElse(null));
    return this;
  }

  Json put(String field, Instant at) {
    return time(field, Optional.of(at));
  }

  Json time(String field, Optional<Instant> at) {
    node.put(field, at.map(Instant::toString).orElse(null));
    return this;
  }

  /** Seconds, with a fraction where there is one. */
  /** Null when there is none. */
  Json part(String field, Optional<Json> json) {
    return json.map(one -> put(field, one)).orElseGet(() -> put(field, Optional.<String>empty()));
  }

  Json seconds(String field, Duration duration) {
    node.put(field, duration.toMillis() / 1000.0);
    return this;
  }

  /** The constant's name in lower case, as the contract spells all of them. */
  Json put(String field, Enum<?> constant) {
    return put(field, word(constant));
  }

  Json put(String field, Actor actor) {
    return put(
        field,
        new Json()
            .put("name", actor.name())
            .put("via", actor.via())
            .put("host", actor.host())
            .put("claim", actor.claim()));
  }

  Json put(String field, Json object) {
    node.set(field, object.node);
    return this;
  }

  Json put(String field, Collection<Json> objects) {
    ArrayNode array = node.putArray(field);
    objects.forEach(one -> array.add(one.node));
    return this;
  }

  Json words(String field, Collection<String> words) {
    ArrayNode array = node.putArray(field);
    words.forEach(word -> array.add(Escape.line(word)));
    return this;
  }

  /** The environments of a stage: one as a text, several as a list, as rollout.yaml has them. */
  Json places(String field, List<String> places) {
    return places.size() == 1 ? put(field, places.get(0)) : words(field, places);
  }

  /** Left out where it is not known. */
  Json maybe(String field, Optional<String> text) {
    return text.map(known -> put(field, known)).orElse(this);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
