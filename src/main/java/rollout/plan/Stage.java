package rollout.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One environment, one exposure, one bake.
 *
 * @param environment the name of an {@link Environment}
 * @param exposure above 0 %
 * @param bake the least watched time, before the stage may pass
 * @param interval time between looks
 * @param guardrails names of those that watch this stage
 * @param unguarded the plan says that this stage may pass without evidence
 * @param approval what a person must say yes to after the bake
 * @param minRequests replaces the floor of every ratio guardrail in this stage
 */
public record Stage(
    String name,
    String environment,
    Exposure exposure,
    Duration bake,
    Duration interval,
    List<String> guardrails,
    boolean unguarded,
    Optional<String> approval,
    Optional<Long> minRequests) {
  /** Time between looks when the plan says nothing. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  public Stage {
    guardrails = List.copyOf(guardrails);
  }
}
