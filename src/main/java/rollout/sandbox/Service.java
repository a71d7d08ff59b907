package rollout.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import rollout.plan.Exposure;

/**
 * The calls of one environment: counters that only grow, as functions of time.
 *
 * @param calls all of them
 * @param failures those that fail whatever the flag does
 * @param exposed when how much of the environment saw the flag, as known by now
 * @param share of the calls that see the flag at an exposure, 0 to 1
 */
record Service(
    Flow calls, Flow failures, Supplier<List<Stretch>> exposed, ToDoubleFunction<Exposure> share) {
  /** Calls for which the flag was on. */
  double treated(Instant time) {
    return treatedWhile(time, share);
  }

  /** Of the calls that fail whatever the flag does, those for which it was on. */
  double treatedFailures(Instant time) {
    return during(failures, time, share);
  }

  /** Calls for which it was off. */
  double untreated(Instant time) {
    return calls.until(time) - treated(time);
  }

  /**
   * Calls for which the flag was on, weighed.
   *
   * @param weight of each by the exposure in force, 0 to 1
   */
  double treatedWhile(Instant time, ToDoubleFunction<Exposure> weight) {
    return during(calls, time, weight);
  }

  private double during(Flow flow, Instant time, ToDoubleFunction<Exposure> weight) {
    double sum = 0;
    for (Stretch stretch : exposed.get()) {
      if (stretch.from().isBefore(time)) {
        Instant to = stretch.to().isBefore(time) ? stretch.to() : time;
        double meanwhile = flow.until(to) - flow.until(stretch.from());
        sum += weight.applyAsDouble(stretch.exposure()) * meanwhile;
      }
    }
    return sum;
  }
}
