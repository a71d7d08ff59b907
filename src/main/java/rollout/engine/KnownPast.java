package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** What was fetched of a source's past: for each query, stretches of even moments. */
final class KnownPast {
  private final Map<Asked, Map<Beat, TreeMap<Instant, Stretch>>> known = new HashMap<>();

  /**
   * What windows are asked for.
   *
   * @param length of each of them
   */
  record Asked(SignalQuery query, Duration length) {
    static Asked of(SignalQuery query, Window window) {
      return new Asked(query, window.length());
    }
  }

  /**
   * Moments that lie on one grid.
   *
   * @param phase milliseconds from a multiple of the step
   */
  private record Beat(Duration step, long phase) {
    static Beat of(Duration step, Instant moment) {
      return new Beat(step, Math.floorMod(moment.toEpochMilli(), step.toMillis()));
    }

    boolean holds(Instant moment) {
      return equals(of(step, moment));
    }
  }

  /**
   * Readings of one query at even moments.
   *
   * @param readings oldest first
   */
  record Stretch(Instant first, Duration step, List<Reading> readings) {
    Instant end() {
      return first.plus(step.multipliedBy(readings.size()));
    }

    private Reading at(Instant moment) {
      return readings.get((int) (Duration.between(first, moment).toMillis() / step.toMillis()));
    }
  }

  /** What is known of a query at this moment; null when nothing is: this is asked very often. */
  Reading find(Asked query, Instant moment) {
    Map<Beat, TreeMap<Instant, Stretch>> beats = known.get(query);
    if (beats == null) {
      return null;
    }
    for (Map.Entry<Beat, TreeMap<Instant, Stretch>> one : beats.entrySet()) {
      Map.Entry<Instant, Stretch> last =
          one.getKey().holds(moment) ? one.getValue().floorEntry(moment) : null;
      if (last != null && last.getValue().end().isAfter(moment)) {
        return last.getValue().at(moment);
      }
    }
    return null;
  }

  /** The stretch that began last before this moment. */
  Optional<Stretch> lastBefore(Asked query, Instant moment, Duration step) {
    return Optional.ofNullable(stretches(query, moment, step).lowerEntry(moment))
        .map(Map.Entry::getValue);
  }

  /** Keeps a stretch in the place of those that begin inside it. */
  void put(Asked query, Stretch stretch) {
    TreeMap<Instant, Stretch> all = stretches(query, stretch.first(), stretch.step());
    all.subMap(stretch.first(), stretch.end()).clear();
    all.put(stretch.first(), stretch);
  }

  private TreeMap<Instant, Stretch> stretches(Asked query, Instant moment, Duration step) {
    return known
        .computeIfAbsent(query, unknown -> new HashMap<>())
        .computeIfAbsent(Beat.of(step, moment), unknown -> new TreeMap<>());
  }
}
