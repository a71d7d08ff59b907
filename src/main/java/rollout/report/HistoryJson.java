package rollout.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import rollout.core.Event;
import rollout.port.History;

/** Every event of a rollout: {@code {"flag", "rollout", "events": [{"seq", "at", "type", …}]}}. */
public final class HistoryJson {
  private HistoryJson() {}

  /**
   * The whole history, {@code seq} from 1 without gaps.
   *
   * @throws IllegalArgumentException unless it begins with {@link Event.Started}
   */
  public static ObjectNode of(History history) {
    if (history.events().isEmpty() || !(history.events().get(0) instanceof Event.Started started)) {
      throw new IllegalArgumentException("a rollout's history begins with Started");
    }
    ObjectNode node =
        new Json()
            .put("flag", started.flag().value())
            .put("rollout", history.rollout().value())
            .node();
    ArrayNode events = node.putArray("events");
    long seq = 1;
    for (Event event : history.events()) {
      events.add(EventJson.of(seq++, event));
    }
    return node;
  }
}
