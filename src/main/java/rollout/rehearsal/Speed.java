package rollout.rehearsal;

import java.time.Duration;
import java.time.Instant;
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
   * @param start when it would begin, for the windows
   * @param approval how long each approval is waited for
   * @return virtual seconds per real second, at least 1
   */
  public static double of(Plan plan, Instant start, Duration approval) {
    Instant end = start;
    for (Stage stage : plan.stages()) {
      for (String cell : stage.environments()) {
        end = plan.conditions().window(cell).nextOpening(end).orElse(end);
      }
      end = end.plus(stage.bake()).plus(plan.judgement().lag());
      end = end.plus(stage.approval().isPresent() ? approval : Duration.ZERO);
    }
    Duration whole = Duration.between(start, end);
    return Math.max(1, (double) whole.toMillis() / COMFORTABLE.toMillis());
  }
}
