package rollout.judge.sequential;

import java.util.Collections;
import java.util.List;

/**
 * What {@link StepBackTest} remembers between two looks.
 *
 * @param acquitting the logarithm of the evidence against harm
 * @param convicting the logarithm of the evidence for each size of harm
 */
public record StepBackState(double acquitting, List<Double> convicting) {
  public StepBackState {
    convicting = List.copyOf(convicting);
  }

  /** Before the first look. */
  public static StepBackState begin() {
    int effects = Tuning.DEFAULT.effects().size();
    return new StepBackState(0, Collections.nCopies(effects, 0.0));
  }
}
