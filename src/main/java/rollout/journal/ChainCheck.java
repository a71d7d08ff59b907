package rollout.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import rollout.port.Audit.Break;
import rollout.port.Head;

/** Walks the rows of one rollout and names every place where the chain does not hold. */
final class ChainCheck {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Break> breaks = new ArrayList<>();

  private ChainCheck() {}

  /**
   * Looks at each link by itself: a row must follow from the row before as that one is stored.
   *
   * @param rows by their numbers
   * @param witnesses what somebody noted elsewhere
   */
  static List<Break> of(List<EventRow> rows, List<Head> witnesses) {
    ChainCheck check = new ChainCheck();
    Head before = Head.START;
    for (EventRow row : rows) {
      check.link(before, row);
      before = row.head();
    }
    for (Head witness : witnesses) {
      check.witness(rows, before, witness);
    }
    return check.breaks;
  }

  private void link(Head before, EventRow row) {
    long expected = before.seq() + 1;
    if (row.seq() != expected) {
      add(
          row.seq(),
          row.seq() == expected + 1
              ? "event " + expected + " before it is missing"
              : "events " + expected + " to " + (row.seq() - 1) + " before it are missing");
      return;
    }
    List<String> columns = columnsThatDiffer(row);
    if (!columns.isEmpty()) {
      add(row.seq(), "its text says otherwise than its column " + String.join(", ", columns));
    } else if (!row.hash().equals(row.linkTo(before.hash()))) {
      add(
          row.seq(),
          "its hash is not that of its text behind event "
              + before.seq()
              + ": one of the two was changed after it was written");
    }
  }

  /** The columns that repeat what the text says, for people. */
  private static List<String> columnsThatDiffer(EventRow row) {
    List<String> differ = new ArrayList<>();
    try {
      JsonNode text = MAPPER.readTree(row.body());
      compare(differ, "type", row.type(), text.path("type").asText());
      compare(differ, "at", row.at(), text.path("at").asText());
      compare(differ, "version", Integer.toString(row.version()), text.path("v").asText());
    } catch (JsonProcessingException unreadable) {
      differ.add("body, which is no JSON");
    }
    return differ;
  }

  private static void compare(List<String> differ, String name, String column, String text) {
    if (!column.equals(text)) {
      differ.add(name + " (\"" + column + "\", not \"" + text + "\")");
    }
  }

  private void witness(List<EventRow> rows, Head last, Head witness) {
    if (witness.equals(Head.START) || rows.stream().anyMatch(row -> row.head().equals(witness))) {
      return;
    }
    boolean isThere = rows.stream().anyMatch(row -> row.seq() == witness.seq());
    add(
        witness.seq(),
        isThere
            ? "the witness saw another event here, with the hash " + witness.hash()
            : "the witness saw this event, and the history ends with event " + last.seq());
  }

  private void add(long seq, String what) {
    breaks.add(new Break(seq, what));
  }
}
