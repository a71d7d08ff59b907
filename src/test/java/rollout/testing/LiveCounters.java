package rollout.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a real Prometheus supplied with the counters of services while a rollout runs, as scraping
 * them every 200 ms would. After a delay it writes what it owes, so that a busy machine makes the
 * numbers late and never wrong. Stops when closed, and by itself after two minutes.
 */
public final class LiveCounters implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final RealPrometheus prometheus;
  private final List<LiveService> services;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(LiveCounters::daemon);
  private final Instant end;
  private Instant next;
  private volatile RuntimeException failure;

  /**
   * Writes the past and begins with the present.
   *
   * @param born the first moment that is written
   */
  public LiveCounters(
      RealPrometheus prometheus, List<LiveService> services, Instant born, InstantSource clock) {
    this.prometheus = prometheus;
    this.services = List.copyOf(services);
    this.clock = clock;
    this.next = born;
    this.end = clock.instant().plus(LONGEST);
    write();
    thread.scheduleAtFixedRate(
        this::keepWriting, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void keepWriting() {
    try {
      write();
    } catch (RuntimeException failed) {
      failure = failed;
      thread.shutdown();
    }
    if (clock.instant().isAfter(end)) {
      thread.shutdown();
    }
  }

  private void write() {
    Scrape scrape = new Scrape();
    for (Instant now = clock.instant(); !next.isAfter(now); next = next.plus(STEP)) {
      Instant at = next;
      scrape.at(at);
      services.forEach(service -> service.sample(at, scrape));
    }
    prometheus.write(scrape.write());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "live-counters");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Stops.
   *
   * @throws IllegalStateException when something could not be written
   */
  @Override
  public void close() {
    thread.shutdownNow();
    if (failure != null) {
      throw new IllegalStateException("the counters were not kept up to date", failure);
    }
  }
}
