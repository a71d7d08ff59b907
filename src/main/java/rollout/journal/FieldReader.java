package rollout.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of one JSON object. Fields that nobody asks for are left alone. */
final class FieldReader {
  private final JsonNode json;

  /**
   * @throws IllegalArgumentException when it is no object
   */
  FieldReader(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException(json + " stands where an object should");
    }
    this.json = json;
  }

  /**
   * @throws IllegalArgumentException when the field is missing
   */
  <T> T get(String name, Form<T> form) {
    return form.read(required(name));
  }

  /** Empty when the field is missing. */
  <T> Optional<T> maybe(String name, Form<T> form) {
    return Optional.ofNullable(json.get(name)).map(form::read);
  }

  /**
   * @throws IllegalArgumentException when the field is missing
   */
  <T> List<T> list(String name, Form<T> form) {
    List<T> values = new ArrayList<>();
    required(name).forEach(element -> values.add(form.read(element)));
    return values;
  }

  /** Empty when the field is missing. */
  <T> List<T> some(String name, Form<T> form) {
    return json.has(name) ? list(name, form) : List.of();
  }

  /**
   * In the order they are stored.
   *
   * @throws IllegalArgumentException when the field is missing
   */
  <T> Map<String, T> map(String name, Form<T> form) {
    Map<String, T> values = new LinkedHashMap<>();
    required(name).properties().forEach(one -> values.put(one.getKey(), form.read(one.getValue())));
    return values;
  }

  private JsonNode required(String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    return value;
  }
}
