package rollout.adapter.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Moments that lie evenly: what one range query can ask for.
 *
 * @param start the first, to the millisecond
 * @param step between two of them, at least a millisecond; zero when there is only one
 * @param count how many there are, at least one
 */
record EvenTimes(Instant start, Duration step, int count) {
  /** Prometheus answers 400 to more points. */
  static final int MOST = 11_000;

  /** Takes moments apart into even stretches, in their order. Made of neighbours, greedily. */
  static List<EvenTimes> of(List<Instant> moments) {
    List<EvenTimes> stretches = new ArrayList<>();
    for (Instant moment : moments) {
      Instant exact = Instant.ofEpochMilli(moment.toEpochMilli());
      int last = stretches.size() - 1;
      if (last >= 0 && stretches.get(last).isGoneOnBy(exact)) {
        stretches.set(last, stretches.get(last).and(exact));
      } else {
        stretches.add(new EvenTimes(exact, Duration.ZERO, 1));
      }
    }
    return stretches;
  }

  Instant end() {
    return start.plus(step.multipliedBy(count - 1));
  }

  /** Each of them, as milliseconds since 1970. */
  List<Long> millis() {
    return LongStream.range(0, count)
        .mapToObj(index -> start.toEpochMilli() + index * step.toMillis())
        .toList();
  }

  private boolean isGoneOnBy(Instant moment) {
    return count < MOST
        && moment.isAfter(end())
        && (count == 1 || Duration.between(end(), moment).equals(step));
  }

  private EvenTimes and(Instant moment) {
    return new EvenTimes(start, Duration.between(end(), moment), count + 1);
  }
}
