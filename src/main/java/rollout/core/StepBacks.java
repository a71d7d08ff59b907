package rollout.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import rollout.judge.sequential.StepBackState;

/**
 * The step-backs of a rollout.
 *
 * @param taken how many there were, by stage, the present one included
 * @param present the one that is under way
 */
public record StepBacks(Map<String, Integer> taken, Optional<StepBack> present) {
  static final StepBacks NONE = new StepBacks(Map.of(), Optional.empty());

  public StepBacks {
    taken = Map.copyOf(taken);
  }

  /** How many this stage has had. */
  public int in(String stage) {
    return taken.getOrDefault(stage, 0);
  }

  /** How many the rollout has had. */
  public int all() {
    return taken.values().stream().mapToInt(Integer::intValue).sum();
  }

  StepBacks begin(String stage, StepBack next) {
    Map<String, Integer> more = new LinkedHashMap<>(taken);
    more.merge(stage, 1, Integer::sum);
    return new StepBacks(more, Optional.of(next));
  }

  StepBacks with(StepBack next) {
    return new StepBacks(taken, Optional.of(next));
  }

  StepBacks weighed(String environment, StepBackState test) {
    return new StepBacks(taken, present.map(one -> one.weighed(environment, test)));
  }

  StepBacks over() {
    return new StepBacks(taken, Optional.empty());
  }
}
