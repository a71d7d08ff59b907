package rollout.journal;

import static rollout.journal.Forms.TEXT;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A sealed family of types, told apart by the field {@code type}. The names are written out here,
 * so that renaming a class leaves stored texts alone.
 */
final class Variants<T> implements Form<T> {
  private static final String TYPE = "type";

  private final String family;
  private final Map<Class<?>, Variant<T>> byClass = new HashMap<>();
  private final Map<String, Variant<T>> byName = new HashMap<>();

  /**
   * @param family what it is called in messages
   */
  Variants(String family) {
    this.family = family;
  }

  /** One more member of the family. */
  <V extends T> Variants<T> with(
      String name,
      Class<V> type,
      BiConsumer<FieldWriter, V> writer,
      Function<FieldReader, ? extends T> reader) {
    Variant<T> variant =
        new Variant<>(name, (to, value) -> writer.accept(to, type.cast(value)), reader);
    byClass.put(type, variant);
    byName.put(name, variant);
    return this;
  }

  @Override
  public void write(JsonGenerator json, T value) throws IOException {
    json.writeStartObject();
    writeFields(new FieldWriter(json), value);
    json.writeEndObject();
  }

  /** Writes {@code type} and the variant's fields into an object that is open already. */
  void writeFields(FieldWriter to, T value) {
    Variant<T> variant = variantOf(value);
    variant.writer().accept(to.put(TYPE, TEXT, variant.name()), value);
  }

  @Override
  public T read(JsonNode json) {
    FieldReader fields = new FieldReader(json);
    String name = fields.get(TYPE, TEXT);
    Variant<T> variant = byName.get(name);
    if (variant == null) {
      throw new UnknownWordException("\"" + name + "\" is no " + family + " it knows");
    }
    return variant.reader().apply(fields);
  }

  /** The name a value's type is stored by. */
  String nameOf(T value) {
    return variantOf(value).name();
  }

  private Variant<T> variantOf(T value) {
    Variant<T> variant = byClass.get(value.getClass());
    if (variant == null) {
      throw new AssertionError("no stored form for " + value.getClass());
    }
    return variant;
  }

  private record Variant<T>(
      String name, BiConsumer<FieldWriter, T> writer, Function<FieldReader, ? extends T> reader) {}
}
