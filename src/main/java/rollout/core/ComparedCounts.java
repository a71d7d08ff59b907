package rollout.core;

import java.util.List;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.judge.sequential.Arm;
import rollout.plan.Role;

/** What one look of a comparison counted, all cells together. */
final class ComparedCounts {
  private ComparedCounts() {}

  static Arm treated(List<Measurement> cells) {
    return cells.stream()
        .map(one -> arm(one, Role.TREATED_ERRORS, Role.TREATED_REQUESTS))
        .reduce(Arm.NOTHING, Arm::plus);
  }

  static Arm control(List<Measurement> cells) {
    return cells.stream()
        .map(one -> arm(one, Role.CONTROL_ERRORS, Role.CONTROL_REQUESTS))
        .reduce(Arm.NOTHING, Arm::plus);
  }

  private static Arm arm(Measurement measurement, Role errors, Role requests) {
    if (measurement.readings().get(Role.SPLIT) instanceof Reading.Split split) {
      Reading.Counts counts = errors == Role.TREATED_ERRORS ? split.treated() : split.control();
      return new Arm(counts.errors(), counts.requests());
    }
    double all = count(measurement.readings().get(requests));
    double failed = count(measurement.readings().get(errors));
    return new Arm(Double.isNaN(failed) && all > 0 ? 0 : failed, all);
  }

  private static double count(Reading reading) {
    return reading instanceof Reading.Value value ? value.value() : Double.NaN;
  }
}
