package rollout.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Many rollouts, one for each seed, on several threads. */
final class Campaign {
  private static final int MOST_VIOLATIONS = 10;

  private final Rules rules;
  private final int threads;
  private final AtomicLong nextSeed;
  private final long end;
  private final Coverage coverage = new Coverage();
  private final List<Simulation.Violation> violations = new ArrayList<>();
  private volatile boolean enough;

  /**
   * @param first the first seed
   * @param seeds how many
   */
  Campaign(Rules rules, int threads, long first, long seeds) {
    this.rules = rules;
    this.threads = threads;
    this.nextSeed = new AtomicLong(first);
    this.end = first + seeds;
  }

  /**
   * How it went.
   *
   * @param violations the first few
   */
  record Report(Coverage coverage, List<Simulation.Violation> violations, double seconds) {
    String summary() {
      return "%,d rollouts in %.1f s (%,.0f a second), %d violations%s"
          .formatted(
              coverage.rollouts() + violations.size(),
              seconds,
              (coverage.rollouts() + violations.size()) / seconds,
              violations.size(),
              violations.isEmpty() ? "" : ", seeds " + seeds());
    }

    private List<Long> seeds() {
      return violations.stream().map(one -> one.scenario().seed()).toList();
    }
  }

  /** Plays all seeds, or as many as the time allows, or until enough has gone wrong. */
  Report run(Duration atMost, int mostViolations) throws InterruptedException {
    long begun = System.nanoTime();
    long deadline = begun + atMost.toNanos();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker =
          new Thread(() -> work(deadline, Math.min(mostViolations, MOST_VIOLATIONS)), "campaign");
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return new Report(coverage, violations, (System.nanoTime() - begun) / 1e9);
  }

  private void work(long deadline, int mostViolations) {
    Simulation simulation = new Simulation(new Timeline.Threads(), rules);
    Coverage own = new Coverage();
    while (!enough && System.nanoTime() < deadline) {
      long seed = nextSeed.getAndIncrement();
      if (seed >= end) {
        break;
      }
      Simulation.Violation violation = simulation.play(Scenarios.of(seed), own, false);
      if (violation != null) {
        note(violation, mostViolations);
      }
    }
    coverage.addAll(own);
  }

  private synchronized void note(Simulation.Violation violation, int mostViolations) {
    if (violations.size() < mostViolations) {
      violations.add(violation);
    }
    enough = violations.size() >= mostViolations;
  }
}
