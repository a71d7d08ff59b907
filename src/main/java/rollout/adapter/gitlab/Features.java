package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.SortedSet;
import java.util.TreeSet;
import rollout.plan.GateState;
import rollout.plan.Percentage;
import rollout.port.FlagView;

/**
 * Reads GitLab's feature entity: {@code {"name", "state", "gates": [{"key", "value"}],
 * "definition"}}. Numbers come as 5 or 5.0, an unset gate as an absent one, zero, null or an empty
 * list; a gate whose kind or value this program does not know is kept among the others.
 */
final class Features {
  private static final int SHOWN = 200;

  private final SortedSet<String> actors = new TreeSet<>();
  private final SortedSet<String> groups = new TreeSet<>();
  private final SortedSet<String> others = new TreeSet<>();
  private boolean everybody;
  private Percentage ofActors = Percentage.ZERO;
  private Percentage ofTime = Percentage.ZERO;

  private Features() {}

  /**
   * The flag an entity describes.
   *
   * @throws IllegalArgumentException when it is no such entity; the message says what is missing
   */
  static FlagView view(JsonNode entity) {
    if (!entity.path("name").isTextual()) {
      throw new IllegalArgumentException("a flag in it has no name");
    }
    if (!entity.path("gates").isArray()) {
      throw new IllegalArgumentException("a flag in it has no list of gates");
    }
    Features read = new Features();
    entity.path("gates").forEach(read::take);
    GateState gates = read.gates();
    String state = entity.path("state").isTextual() ? entity.path("state").asText() : state(gates);
    JsonNode definition = entity.path("definition");
    boolean defaultEnabled = definition.path("default_enabled").asBoolean(false);
    return new FlagView(
        entity.path("name").asText(), state, true, gates, definition.isObject(), defaultEnabled);
  }

  private static String state(GateState gates) {
    String unless = gates.isOff() ? "off" : "conditional";
    return gates.everybody() ? "on" : unless;
  }

  private GateState gates() {
    return new GateState(everybody, actors, groups, ofActors, ofTime, others);
  }

  private void take(JsonNode gate) {
    JsonNode value = gate.path("value");
    String key = gate.path("key").asText();
    if (isNothing(value)) {
      return;
    }
    switch (key) {
      case "boolean" -> takeBoolean(value);
      case "actors" -> takeMembers(key, value, actors);
      case "groups" -> takeMembers(key, value, groups);
      case "percentage_of_actors" -> ofActors = percentage(key, value);
      case "percentage_of_time" -> ofTime = percentage(key, value);
      default -> takeOther(key, value);
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isContainerNode() && value.isEmpty())
        || (value.isNumber() && value.decimalValue().signum() == 0);
  }

  private void takeBoolean(JsonNode value) {
    if (value.isBoolean()) {
      everybody = true;
    } else {
      takeOther("boolean", value);
    }
  }

  private void takeMembers(String key, JsonNode value, SortedSet<String> members) {
    if (value.isArray()) {
      value.forEach(member -> members.add(member.asText()));
    } else {
      takeOther(key, value);
    }
  }

  private Percentage percentage(String key, JsonNode value) {
    if (value.isNumber() && isShare(value.decimalValue())) {
      return Percentage.of(value.decimalValue());
    }
    takeOther(key, value);
    return Percentage.ZERO;
  }

  /** Asked before any arithmetic: a number such as 1e-999999999 would fill the memory. */
  private static boolean isShare(BigDecimal percent) {
    return percent.signum() >= 0
        && percent.compareTo(BigDecimal.valueOf(100)) <= 0
        && percent.stripTrailingZeros().scale() <= 3;
  }

  private void takeOther(String key, JsonNode value) {
    String text = value.toString();
    others.add(key + "=" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text));
  }
}
