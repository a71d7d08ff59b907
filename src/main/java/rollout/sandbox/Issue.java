package rollout.sandbox;

import java.time.Instant;
import rollout.plan.Window;

/**
 * An issue of the sandbox's Sentry.
 *
 * @param id unique in the server
 * @param project its slug
 * @param title what people read
 * @param born its first event, ever
 * @param events how many it had until then, by environment
 */
record Issue(int id, String project, String title, Instant born, Events events) {
  /** A counter that only grows. */
  @FunctionalInterface
  interface Events {
    /** How many there were in one environment from some moment on until then. */
    double until(String environment, Instant time);
  }

  /** Its events in some environments. */
  long count(Iterable<String> environments, Window window) {
    Instant from = later(born, window.from());
    if (!from.isBefore(window.to())) {
      return 0;
    }
    long sum = 0;
    for (String environment : environments) {
      sum += Flow.count(time -> events.until(environment, time), new Window(from, window.to()));
    }
    return sum;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
