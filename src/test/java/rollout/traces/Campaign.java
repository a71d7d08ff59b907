package rollout.traces;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import rollout.engine.TraceReplay;
import rollout.judge.sequential.Tuning;

/** Judges many rollouts of a family and counts how it went. */
final class Campaign {
  private final Tuning tuning;

  Campaign(Tuning tuning) {
    this.tuning = tuning;
  }

  /**
   * How it went.
   *
   * @param wrong rolled back without harm, or before it
   * @param found of the harmful
   * @param late found later than twice the bound and two looks
   * @param delays seconds after the onset over the bound, in rising order; infinite when not found
   */
  record Tally(Family family, int rollouts, int wrong, int found, int late, double[] delays) {
    double delay(double quantile) {
      return delays.length == 0
          ? Double.NaN
          : delays[Math.min(delays.length - 1, (int) (quantile * delays.length))];
    }
  }

  /** Judges rollouts of consecutive seeds. */
  Tally run(Family family, long seed, int rollouts) {
    int wrong = 0;
    int found = 0;
    int late = 0;
    List<Double> delays = new ArrayList<>();
    for (int i = 0; i < rollouts; i++) {
      Recorder.Recording recording = family.rollout(seed + i);
      Optional<Double> at = new TraceReplay(recording.trace(), tuning).rolledBackAt();
      if (!family.harmful()) {
        wrong += at.isPresent() ? 1 : 0;
      } else if (at.isPresent() && at.get() <= recording.onset()) {
        wrong++;
      } else {
        double delay = at.orElse(Double.POSITIVE_INFINITY) - recording.onset();
        found += at.isPresent() ? 1 : 0;
        late += delay > 2 * recording.bound() + 2 * interval(recording) ? 1 : 0;
        delays.add(delay / recording.bound());
      }
    }
    double[] sorted = delays.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Tally(family, rollouts, wrong, found, late, sorted);
  }

  /** Between two looks when harm begins. */
  private static double interval(Recorder.Recording recording) {
    double begin = 0;
    for (var stage : recording.trace().stages()) {
      begin += stage.seconds();
      if (recording.onset() < begin) {
        return stage.interval();
      }
    }
    throw new AssertionError("harm begins at " + recording.onset() + ", after the end");
  }
}
