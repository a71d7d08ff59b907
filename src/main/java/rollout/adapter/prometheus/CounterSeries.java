package rollout.adapter.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import rollout.plan.Window;

/**
 * What was scraped of one counter. Whatever it gained between two scrapes counts at the later one,
 * so that windows side by side add up to the window around them.
 *
 * @param samples oldest first; before the first one the counter was at zero
 */
record CounterSeries(List<Sample> samples) {
  CounterSeries {
    samples = List.copyOf(samples);
  }

  /** By how much it grew in a window. */
  double growth(Window window) {
    double growth = 0;
    double before = 0;
    for (Sample sample : samples) {
      if (isIn(sample.at(), window)) {
        // A counter that fell began anew from zero.
        growth += sample.value() < before ? sample.value() : sample.value() - before;
      }
      before = sample.value();
    }
    return growth;
  }

  /**
   * Whether it was scraped in a window or shortly before.
   *
   * @param lookBack how much before
   */
  boolean isSeen(Window window, Duration lookBack) {
    Window longer = new Window(window.from().minus(lookBack), window.to());
    return samples.stream().anyMatch(sample -> isIn(sample.at(), longer));
  }

  /** A scrape at the very beginning shows what happened before. */
  private static boolean isIn(Instant at, Window window) {
    return at.isAfter(window.from()) && !at.isAfter(window.to());
  }
}
