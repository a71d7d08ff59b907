package rollout.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** How values of one type are stored as JSON; both directions stand side by side. */
interface Form<T> {
  /** Writes one JSON value. */
  void write(JsonGenerator json, T value) throws IOException;

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UnknownWordException for a word that only a newer version can have written
   * @throws IllegalArgumentException when it is damaged
   * @throws java.time.DateTimeException when a time in it is damaged
   */
  T read(JsonNode json);
}
