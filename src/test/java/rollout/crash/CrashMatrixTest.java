package rollout.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program with a real SQLite file, killed with SIGKILL at every write of its own and of
 * GitLab's; whoever goes on ends it as if nothing had happened. Draws some of the points by a seed;
 * {@code -Drollout.crash=all} takes every one. docs/crash-matrix.md says how to read it.
 */
class CrashMatrixTest {
  private static final int DRAWN = 40;
  private static final int SIDE_BY_SIDE = Integer.getInteger("rollout.crash.processes", 3);

  @TempDir Path directory;
  private final AtomicInteger tried = new AtomicInteger();

  /** One kill. */
  private record Kill(Telling.Whole whole, Point point) {
    @Override
    public String toString() {
      return whole.tale() + ": " + point;
    }
  }

  /**
   * What became of it.
   *
   * @param violations empty when the point was not reached
   */
  private record Verdict(Kill kill, Optional<List<String>> violations) {}

  @Test
  void noKillLosesADecisionOrRepeatsARaise() throws Exception {
    long begun = System.nanoTime();
    long seed = Long.getLong("rollout.seed", System.nanoTime());
    Telling telling = new Telling(directory, ChildProgram.in(directory));
    List<Kill> all = kills(telling);
    List<Kill> chosen = chosen(all, new Random(seed));
    List<Verdict> verdicts =
        sideBySide(
            chosen.stream().<Callable<Verdict>>map(kill -> () -> kill(telling, kill)).toList());
    List<Verdict> missed = verdicts.stream().filter(one -> one.violations().isEmpty()).toList();
    List<String> violated =
        verdicts.stream()
            .filter(one -> !one.violations().orElse(List.of()).isEmpty())
            .map(one -> one.kill() + "\n  " + String.join("\n  ", one.violations().get()))
            .toList();
    System.err.printf(
        "crash matrix: %d points in %d tales, seed %d: %d tried, %d not reached, %d violations, %d s%n",
        all.size(),
        Tales.all().size(),
        seed,
        verdicts.size(),
        missed.size(),
        violated.size(),
        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    missed.forEach(one -> System.err.println("  not reached: " + one.kill()));
    assertEquals(List.of(), violated, "seed " + seed + ":\n" + String.join("\n", violated));
    assertEquals(true, missed.size() <= chosen.size() / 4, "too few points were reached");
  }

  /** Every point of every tale, one that several have only once. */
  private static List<Kill> kills(Telling telling) throws Exception {
    List<Tale> tales = Tales.all();
    List<Telling.Whole> wholes = new ArrayList<>();
    wholes.add(telling.whole(tales.get(0), true));
    wholes.addAll(
        sideBySide(
            tales.subList(1, tales.size()).stream()
                .<Callable<Telling.Whole>>map(tale -> () -> telling.whole(tale, false))
                .toList()));
    Set<Point> seen = new HashSet<>();
    List<Kill> kills = new ArrayList<>();
    for (Telling.Whole whole : wholes) {
      whole.points().stream()
          .filter(point -> seen.add(point) || whole.tale().anew())
          .forEach(point -> kills.add(new Kill(whole, point)));
    }
    return kills;
  }

  private static List<Kill> chosen(List<Kill> all, Random random) {
    String which = System.getProperty("rollout.crash", "");
    boolean every = which.equals("all");
    List<Kill> matching =
        new ArrayList<>(
            all.stream().filter(kill -> every || kill.toString().contains(which)).toList());
    Collections.shuffle(matching, random);
    return matching.subList(0, every ? matching.size() : Math.min(DRAWN, matching.size()));
  }

  private Verdict kill(Telling telling, Kill kill) {
    Optional<List<String>> violations = telling.killed(kill.whole(), kill.point());
    violations
        .filter(some -> !some.isEmpty())
        .ifPresent(some -> System.err.println(kill + " " + some));
    int done = tried.incrementAndGet();
    if (done % 20 == 0) {
      System.err.println("crash matrix: " + done + " points tried");
    }
    return new Verdict(kill, violations);
  }

  private static <T> List<T> sideBySide(List<Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> one : pool.invokeAll(calls)) {
        results.add(one.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
