package rollout.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rollout.core.Phase;

/** How often each fault befell each phase, and how those rollouts ended. */
final class Coverage {
  private static final List<Phase> PHASES =
      List.of(
          Phase.ENTERING,
          Phase.BAKING,
          Phase.AWAITING_APPROVAL,
          Phase.HELD,
          Phase.STEPPING_BACK,
          Phase.ROLLING_BACK,
          Phase.SEALING);
  private static final List<Phase> ENDS =
      List.of(Phase.COMPLETED, Phase.ROLLED_BACK, Phase.ABORTED);

  private final Map<Phase, Map<Fault.Kind, Map<Phase, Long>>> counts = new TreeMap<>();
  private long rollouts;

  /** What befell one rollout. */
  static final class Rollout {
    private record Befallen(Phase phase, Fault.Kind kind) {}

    private final List<Befallen> all = new ArrayList<>();

    void befell(Phase phase, Fault.Kind kind) {
      all.add(new Befallen(phase, kind));
    }
  }

  void add(Rollout rollout, Phase end) {
    rollouts++;
    for (Rollout.Befallen one : rollout.all) {
      counts
          .computeIfAbsent(one.phase(), none -> new EnumMap<>(Fault.Kind.class))
          .computeIfAbsent(one.kind(), none -> new EnumMap<>(Phase.class))
          .merge(end, 1L, Long::sum);
    }
  }

  synchronized void addAll(Coverage other) {
    rollouts += other.rollouts;
    other.counts.forEach(
        (phase, kinds) ->
            kinds.forEach(
                (kind, ends) ->
                    ends.forEach(
                        (end, count) ->
                            counts
                                .computeIfAbsent(phase, none -> new EnumMap<>(Fault.Kind.class))
                                .computeIfAbsent(kind, none -> new EnumMap<>(Phase.class))
                                .merge(end, count, Long::sum))));
  }

  /** What has to be reached, and was reached less than a hundred times in a million rollouts. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    long least = rollouts / 10_000;
    for (Phase phase : PHASES) {
      for (Fault.Kind kind : Fault.Kind.values()) {
        for (Phase end : ENDS) {
          if (count(phase, kind, end) < least && Reach.isPossible(phase, kind, end)) {
            missed.add(phase + " x " + kind + " x " + end + ": " + count(phase, kind, end));
          }
        }
      }
    }
    return missed;
  }

  /** How rollouts ended, and the least of all counts. */
  String summary() {
    StringBuilder text = new StringBuilder("phase x fault: completed / rolled back / aborted");
    for (Phase phase : PHASES) {
      for (Fault.Kind kind : Fault.Kind.values()) {
        text.append("\n%-18s %-22s".formatted(phase, kind));
        for (Phase end : ENDS) {
          text.append(" %9d".formatted(count(phase, kind, end)));
        }
      }
    }
    return text.toString();
  }

  long rollouts() {
    return rollouts;
  }

  long count(Phase phase, Fault.Kind kind, Phase end) {
    return counts.getOrDefault(phase, Map.of()).getOrDefault(kind, Map.of()).getOrDefault(end, 0L);
  }
}
