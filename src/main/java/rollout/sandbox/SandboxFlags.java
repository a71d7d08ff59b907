package rollout.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import rollout.plan.GateState;

/** Every flag of the sandbox through time. Not safe for several threads: its owner locks. */
final class SandboxFlags {
  private final Map<String, List<Version>> histories = new LinkedHashMap<>();

  /** A flag from one moment on; null when it is not persisted. */
  private record Version(Instant at, SandboxFlag flag) {}

  Optional<SandboxFlag> now(String name) {
    return at(name, Instant.MAX);
  }

  /** What a cache filled at that moment would show. */
  Optional<SandboxFlag> at(String name, Instant time) {
    SandboxFlag found = null;
    for (Version version : histories.getOrDefault(name, List.of())) {
      found = version.at.isAfter(time) ? found : version.flag;
    }
    return Optional.ofNullable(found);
  }

  /** Every flag that was persisted at that moment, the oldest first. */
  Collection<SandboxFlag> allAt(Instant time) {
    return histories.keySet().stream().flatMap(name -> at(name, time).stream()).toList();
  }

  void put(SandboxFlag flag, Instant time) {
    record(flag.name(), flag, time);
  }

  void remove(String name, Instant time) {
    if (now(name).isPresent()) {
      record(name, null, time);
    }
  }

  List<GateChange> changes(String name) {
    List<GateChange> changes = new ArrayList<>();
    for (Version version : histories.getOrDefault(name, List.of())) {
      GateState gates = version.flag == null ? GateState.OFF : version.flag.gates();
      changes.add(new GateChange(version.at, gates));
    }
    return changes;
  }

  private void record(String name, SandboxFlag flag, Instant time) {
    if (!Objects.equals(now(name).orElse(null), flag)) {
      histories.computeIfAbsent(name, unknown -> new ArrayList<>()).add(new Version(time, flag));
    }
  }
}
