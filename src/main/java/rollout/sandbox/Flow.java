package rollout.sandbox;

import java.time.Instant;
import java.util.function.ToDoubleFunction;
import rollout.plan.Window;

/**
 * Things that happen again and again, such as calls: more by day than by night, and never quite
 * evenly. A pure function of time, so that any window of any length costs the same.
 *
 * @param perSecond how many on average over a day; not negative
 * @param seed of the unevenness
 */
record Flow(double perSecond, long seed) {
  private static final double DAY = 86_400;
  private static final double SWING = 0.3;

  /** In days; a rise from here on makes three in the afternoon (UTC) the busiest hour. */
  private static final double RISE = 0.375;

  private static final double BUCKET = 60;

  /** How many had happened by then, from some moment on. Never falls as time goes on. */
  double until(Instant time) {
    double second = time.toEpochMilli() / 1000.0;
    double angle = 2 * Math.PI * (second / DAY - RISE);
    double evenly = second - SWING * DAY / (2 * Math.PI) * Math.cos(angle);
    return perSecond * evenly + unevenness(second);
  }

  /**
   * The whole events in a window of anything that only grows. Windows side by side add up to the
   * window around them, exactly.
   */
  static long count(ToDoubleFunction<Instant> until, Window window) {
    double before = Math.floor(until.applyAsDouble(window.from()));
    return Math.max(0, (long) (Math.floor(until.applyAsDouble(window.to())) - before));
  }

  /** About a Poisson deviate a minute, held below the slope at night so that counts never fall. */
  private double unevenness(double second) {
    double expected = perSecond * BUCKET;
    double amplitude = Math.min(Math.sqrt(expected), 0.3 * expected);
    long bucket = (long) Math.floor(second / BUCKET);
    double part = second / BUCKET - bucket;
    return amplitude * ((1 - part) * Noise.at(seed, bucket) + part * Noise.at(seed, bucket + 1));
  }
}
