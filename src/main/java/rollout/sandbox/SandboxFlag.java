package rollout.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import rollout.plan.GateState;
import rollout.plan.Percentage;

/**
 * A persisted flag as GitLab's store holds it: percentages with any number of decimals.
 *
 * @param everybody the boolean gate
 */
record SandboxFlag(
    String name,
    boolean everybody,
    SortedSet<String> actors,
    SortedSet<String> groups,
    BigDecimal percentageOfActors,
    BigDecimal percentageOfTime) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  SandboxFlag {
    actors = Collections.unmodifiableSortedSet(new TreeSet<>(actors));
    groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
  }

  /** {@code true} and {@code false} wipe every other gate. */
  static SandboxFlag global(String name, boolean everybody) {
    return new SandboxFlag(
        name, everybody, new TreeSet<>(), new TreeSet<>(), BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /** A flag with these gates; gates of unknown kinds have no place in the store. */
  static SandboxFlag of(String name, GateState gates) {
    return new SandboxFlag(
        name,
        gates.everybody(),
        gates.actors(),
        gates.groups(),
        new BigDecimal(gates.percentageOfActors().number()),
        new BigDecimal(gates.percentageOfTime().number()));
  }

  SandboxFlag withPercentageOfActors(BigDecimal percent) {
    return new SandboxFlag(name, everybody, actors, groups, percent, percentageOfTime);
  }

  SandboxFlag withPercentageOfTime(BigDecimal percent) {
    return new SandboxFlag(name, everybody, actors, groups, percentageOfActors, percent);
  }

  SandboxFlag changingActors(Consumer<Set<String>> change) {
    SortedSet<String> changed = new TreeSet<>(actors);
    change.accept(changed);
    return new SandboxFlag(name, everybody, changed, groups, percentageOfActors, percentageOfTime);
  }

  SandboxFlag changingGroups(Consumer<Set<String>> change) {
    SortedSet<String> changed = new TreeSet<>(groups);
    change.accept(changed);
    return new SandboxFlag(name, everybody, actors, changed, percentageOfActors, percentageOfTime);
  }

  /** Flipper's rule: 100 % of time counts as on, 100 % of actors does not. */
  String state() {
    if (everybody || percentageOfTime.compareTo(HUNDRED) == 0) {
      return "on";
    }
    return gates().isOff() ? "off" : "conditional";
  }

  /** As the rest of the program sees it; a percentage beyond three decimals is among the others. */
  GateState gates() {
    SortedSet<String> others = new TreeSet<>();
    Percentage ofActors = percentage("percentage_of_actors", percentageOfActors, others);
    Percentage ofTime = percentage("percentage_of_time", percentageOfTime, others);
    return new GateState(everybody, actors, groups, ofActors, ofTime, others);
  }

  private static Percentage percentage(String key, BigDecimal percent, Set<String> others) {
    if (percent.stripTrailingZeros().scale() <= 3) {
      return Percentage.of(percent);
    }
    others.add(key + "=" + percent.toPlainString());
    return Percentage.ZERO;
  }

  /** GitLab's entity. */
  ObjectNode entity(JsonNode definition) {
    ArrayNode gates = JSON.arrayNode();
    gates.addObject().put("key", "boolean").put("value", everybody);
    addAll(gates, "actors", actors);
    addPercent(gates, "percentage_of_actors", percentageOfActors);
    addPercent(gates, "percentage_of_time", percentageOfTime);
    addAll(gates, "groups", groups);
    ObjectNode entity = JSON.objectNode().put("name", name).put("state", state());
    entity.set("gates", gates);
    entity.set("definition", definition);
    return entity;
  }

  private static void addAll(ArrayNode gates, String key, Set<String> members) {
    if (!members.isEmpty()) {
      ArrayNode value = gates.addObject().put("key", key).putArray("value");
      members.forEach(value::add);
    }
  }

  private static void addPercent(ArrayNode gates, String key, BigDecimal percent) {
    if (percent.signum() > 0) {
      boolean whole = percent.stripTrailingZeros().scale() <= 0;
      gates
          .addObject()
          .put("key", key)
          .set("value", whole ? JSON.numberNode(percent.intValue()) : JSON.numberNode(percent));
    }
  }
}
