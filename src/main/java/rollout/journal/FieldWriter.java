package rollout.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Writes the fields of one JSON object. */
final class FieldWriter {
  private final JsonGenerator json;

  FieldWriter(JsonGenerator json) {
    this.json = json;
  }

  <T> FieldWriter put(String name, Form<T> form, T value) {
    return unchecked(
        () -> {
          json.writeFieldName(name);
          form.write(json, value);
        });
  }

  /** Leaves the field out when there is no value. */
  <T> FieldWriter maybe(String name, Form<T> form, Optional<T> value) {
    return value.isPresent() ? put(name, form, value.get()) : this;
  }

  <T> FieldWriter list(String name, Form<T> form, Collection<T> values) {
    return unchecked(
        () -> {
          json.writeArrayFieldStart(name);
          for (T value : values) {
            form.write(json, value);
          }
          json.writeEndArray();
        });
  }

  /** Leaves the field out when there are no values. */
  <T> FieldWriter some(String name, Form<T> form, Collection<T> values) {
    return values.isEmpty() ? this : list(name, form, values);
  }

  /** Writes the entries in the order of the map. */
  <T> FieldWriter map(String name, Form<T> form, Map<String, T> values) {
    return unchecked(
        () -> {
          json.writeObjectFieldStart(name);
          for (Map.Entry<String, T> entry : values.entrySet()) {
            json.writeFieldName(entry.getKey());
            form.write(json, entry.getValue());
          }
          json.writeEndObject();
        });
  }

  private FieldWriter unchecked(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
  }

  private interface Writing {
    void run() throws IOException;
  }
}
