package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.plan.Window;

/** True gates written by a test. */
final class History implements TrueGates {
  static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private final Map<String, List<GateChange>> changes = new LinkedHashMap<>();

  /** From {@code after} the start on, this exposure is in force there. */
  History set(String environment, Duration after, String exposure) {
    GateState gates = GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse(exposure));
    changes
        .computeIfAbsent(environment, name -> new ArrayList<>())
        .add(new GateChange(at(after), gates));
    return this;
  }

  @Override
  public List<GateChange> changes(String environment) {
    return changes.getOrDefault(environment, List.of());
  }

  static Instant at(Duration after) {
    return START.plus(after);
  }

  static Window window(Duration from, Duration to) {
    return new Window(at(from), at(to));
  }
}
