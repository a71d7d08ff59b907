package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rollout.plan.CounterSum;
import rollout.plan.Durations;
import rollout.plan.Window;

/**
 * What was scraped of the counters that a plan names bare: as if every 15 s, and towards the end of
 * a range ever more often, so that a plan of milliseconds finds its evidence too.
 */
final class Scrapes {
  /** From here on counters have counted. */
  private static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00Z");

  private static final long INTERVAL = 15_000;
  private static final double DENSER = 1.05;
  private static final Pattern RANGE = Pattern.compile("(.*)\\[([0-9]{1,9}(?:ms|s|m|h|d))]");

  /** What a counter counts. */
  private record Counter(ToDoubleBiFunction<String, Window> counts, Set<String> environments) {}

  private final World world;
  private final Map<String, Counter> counters = new LinkedHashMap<>();

  Scrapes(World world) {
    this.world = world;
  }

  /** The counters that make up the requests, or the errors, of an environment. */
  void add(CounterSum sum, String environment, boolean errors) {
    boolean rest = sum.terms().stream().anyMatch(CounterSum.Term::subtracted);
    for (CounterSum.Term term : sum.terms()) {
      if (term.subtracted()) {
        add(term, environment, this::successes);
      } else if (errors && !rest) {
        add(term, environment, world::errors);
      } else {
        add(term, environment, world::requests);
      }
      if (!rest) {
        return; // further counters that are added have not counted anything yet
      }
    }
  }

  private double successes(String environment, Window window) {
    return world.requests(environment, window) - world.errors(environment, window);
  }

  private void add(
      CounterSum.Term term, String environment, ToDoubleBiFunction<String, Window> counts) {
    counters
        .computeIfAbsent(term.selector(), any -> new Counter(counts, new LinkedHashSet<>()))
        .environments
        .add(environment);
  }

  /** The scrapes that a range of a selector holds, oldest first; empty for any other query. */
  Optional<Map<Instant, Double>> in(String expression, Instant end) {
    Matcher range = RANGE.matcher(expression);
    if (!range.matches() || !counters.containsKey(range.group(1))) {
      return Optional.empty();
    }
    Counter counter = counters.get(range.group(1));
    String environment = world.current(counter.environments, end);
    Map<Instant, Double> scrapes = new TreeMap<>();
    double count = 0;
    for (Instant at : times(end, Durations.parse(range.group(2)))) {
      // A call may be known to have failed a moment before it is known at all; no counter falls.
      double now = counter.counts.applyAsDouble(environment, new Window(BIRTH, at));
      count = Math.max(count, now);
      scrapes.put(at, count);
    }
    return Optional.of(scrapes);
  }

  private static Set<Instant> times(Instant end, Duration range) {
    Set<Instant> times = new TreeSet<>();
    for (long back = 0; back <= range.toMillis(); back += INTERVAL) {
      times.add(end.minusMillis(back));
    }
    for (double back = 1; back <= range.toMillis(); back *= DENSER) {
      times.add(end.minusMillis((long) back));
    }
    return times;
  }
}
