package rollout.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A type that is stored as a JSON object.
 *
 * @param writer writes each of its fields under the name it is stored by
 * @param reader makes the value from them
 */
record Shape<T>(BiConsumer<FieldWriter, T> writer, Function<FieldReader, T> reader)
    implements Form<T> {
  @Override
  public void write(JsonGenerator json, T value) throws IOException {
    json.writeStartObject();
    writer.accept(new FieldWriter(json), value);
    json.writeEndObject();
  }

  @Override
  public T read(JsonNode json) {
    return reader.apply(new FieldReader(json));
  }
}
