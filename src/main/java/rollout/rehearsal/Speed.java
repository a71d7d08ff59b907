package rollout.rehearsal;

import java.time.Duration;
import rollout.plan.Plan;
import rollout.plan.Stage;

/** How fast the sandbox's time runs. */
public final class Speed {
  /** How long people like to watch a whole rollout. */
  public static final Duration COMFORTABLE = Duration.ofSeconds(12);

  private Speed() {}

  /**
   * The speed at which the waits of a whole plan take about {@link #COMFORTABLE}.
   *
   * @param approval how long each approval is waited for
   * @return virtual seconds per real second, at least 1
   */
  public static double of(Plan plan, Duration approval) {
    Duration whole = Duration.ZERO;
    for (Stage stage : plan.stages()) {
      whole = whole.plus(stage.bake()).plus(plan.judgement().lag());
      whole = whole.plus(stage.approval().isPresent() ? approval : Duration.ZERO);
    }
    return Math.max(1, (double) whole.toMillis() / COMFORTABLE.toMillis());
  }
}
