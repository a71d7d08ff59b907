package rollout.adapter.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rollout.judge.sequential.Arm;

/** Two columns of numbers as arms; empty where no row of them has both numbers. */
final class Columns {
  private Columns() {}

  static List<Arm> arms(Map<String, double[]> columns, String errors, String requests) {
    double[] failed = columns.getOrDefault(errors, new double[0]);
    double[] asked = columns.getOrDefault(requests, new double[0]);
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < Math.min(failed.length, asked.length); i++) {
      arms.add(new Arm(failed[i], asked[i]));
    }
    return arms.stream().anyMatch(Arm::isSound) ? arms : List.of();
  }
}
