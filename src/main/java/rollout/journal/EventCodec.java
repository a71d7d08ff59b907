package rollout.journal;

import static rollout.journal.Forms.WHOLE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import rollout.core.Event;
import rollout.port.PortException;

/**
 * Events as the journal stores them: one JSON object a piece, with {@code v}, {@code type}, {@code
 * at} and the event's own fields.
 *
 * <p>A stored event can be read for ever. A new field is read with a default, a new event gets a
 * name of its own, and {@link #VERSION} grows only when an older program would misunderstand.
 * Secrets that stand in rollout.yaml are left out; the place where they stand is kept.
 */
public final class EventCodec {
  /** What this program writes, and the newest it reads. */
  public static final int VERSION = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory JSON = MAPPER.getFactory();

  private EventCodec() {}

  /** The stored text of an event, on one line. */
  public static String encode(Event event) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      EventForms.EVENTS.writeFields(new FieldWriter(json), event);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  /** The name an event's type is stored by: the {@code type} of {@code history -o json}. */
  public static String typeOf(Event event) {
    return EventForms.EVENTS.nameOf(event);
  }

  /**
   * The event that a stored text stands for.
   *
   * @param where which event this is, for messages, such as {@code event 3 of rollout x}
   * @throws PortException of kind REFUSED when a newer program wrote it, or it is damaged
   */
  public static Event decode(String where, String text) throws PortException {
    try {
      JsonNode json = MAPPER.readTree(text);
      long version = new FieldReader(json).get("v", WHOLE);
      if (version > VERSION) {
        throw new UnknownWordException("its form is number " + version + ", not " + VERSION);
      }
      return EventForms.EVENTS.read(json);
    } catch (UnknownWordException newer) {
      throw refused(
          where
              + " was written by a newer version of this program ("
              + newer.getMessage()
              + "); upgrade this one and try again",
          newer);
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException damaged) {
      throw refused(
          where
              + " is damaged ("
              + firstLine(damaged)
              + "); restore the journal from a copy, and end the rollout with abort meanwhile",
          damaged);
    }
  }

  private static String firstLine(Exception damaged) {
    return String.valueOf(damaged.getMessage()).lines().findFirst().orElse("");
  }

  private static PortException refused(String sentence, Exception cause) {
    return new PortException(PortException.Kind.REFUSED, 0, sentence, cause);
  }
}
