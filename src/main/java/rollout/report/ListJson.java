package rollout.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.RolloutState;
import rollout.plan.RolloutId;
import rollout.port.Leases;

/** All rollouts: {@code {"rollouts": [ …status objects… ]}}. */
public final class ListJson {
  private ListJson() {}

  /** In the order they come; an empty list when there are none. */
  public static ObjectNode of(List<RolloutState> states, Instant now) {
    return of(states, now, Map.of());
  }

  /**
   * In the order they come.
   *
   * @param drivers who drives now; none for those that nobody drives
   */
  public static ObjectNode of(
      List<RolloutState> states, Instant now, Map<RolloutId, Leases.Taken> drivers) {
    return of(
        states.stream()
            .map(
                state ->
                    StatusJson.of(state, now, Optional.ofNullable(drivers.get(state.rollout()))))
            .toList());
  }

  /** Of status objects that are made already. */
  public static ObjectNode of(List<ObjectNode> documents) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode rollouts = node.putArray("rollouts");
    rollouts.addAll(documents);
    return node;
  }
}
