package rollout.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What the judge made of a recorded rollout, as one line of JSON. */
public final class TraceJson {
  private TraceJson() {}

  /**
   * The line, without its end.
   *
   * @param rolledBackAt the second of the look that decided; empty = it passed
   */
  public static String line(String id, Optional<Double> rolledBackAt) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("id", id);
    line.put("verdict", rolledBackAt.isPresent() ? "rollback" : "pass");
    if (rolledBackAt.isEmpty()) {
      line.putNull("t");
    } else if (rolledBackAt.get() == Math.rint(rolledBackAt.get())) {
      line.put("t", rolledBackAt.get().longValue());
    } else {
      line.put("t", rolledBackAt.get());
    }
    return line.toString();
  }
}
