package rollout.plan;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * One exposure, in one environment or in several cells of one, and one bake.
 *
 * @param environments names of {@link Environment}s, at least one; several are the cells of one
 *     service: raised one by one in this order, watched as one, switched off together
 * @param exposure above 0 %
 * @param bake the least watched time, before the stage may pass
 * @param interval time between looks
 * @param guardrails names of those that watch this stage
 * @param unguarded the plan says that this stage may pass without evidence
 * @param approval what a person must say yes to after the bake
 * @param minRequests replaces the floor of every ratio guardrail in this stage; what a comparison
 *     must have seen in all before it may pass
 * @param requireDetectable it is extended until its comparisons would have seen so many times as
 *     many errors; above 1
 * @param bakeAtMost held when it was extended so far; empty = {@link Judgement#extendAtMost()}
 *     times the bake
 */
public record Stage(
    String name,
    List<String> environments,
    Exposure exposure,
    Duration bake,
    Duration interval,
    List<String> guardrails,
    boolean unguarded,
    Optional<String> approval,
    Optional<Long> minRequests,
    Optional<Double> requireDetectable,
    Optional<Duration> bakeAtMost) {
  /** Time between looks when the plan says nothing. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  public Stage {
    environments = List.copyOf(environments);
    guardrails = List.copyOf(guardrails);
    if (environments.isEmpty() || new HashSet<>(environments).size() < environments.size()) {
      throw new IllegalArgumentException(
          "stage " + name + " needs environments, each once, not " + environments);
    }
  }

  /** One that is never extended for the sake of a comparison. */
  public Stage(
      String name,
      List<String> environments,
      Exposure exposure,
      Duration bake,
      Duration interval,
      List<String> guardrails,
      boolean unguarded,
      Optional<String> approval,
      Optional<Long> minRequests) {
    this(
        name,
        environments,
        exposure,
        bake,
        interval,
        guardrails,
        unguarded,
        approval,
        minRequests,
        Optional.empty(),
        Optional.empty());
  }

  /** How long it may take to find enough evidence. */
  public Duration longest(double extendAtMost) {
    return bakeAtMost.orElseGet(() -> Duration.ofMillis((long) (bake.toMillis() * extendAtMost)));
  }

  /** Whether this environment is one of its own. */
  public boolean isIn(String environment) {
    return environments.contains(environment);
  }

  /** Its environments, for people: {@code production} or {@code gprd-a, gprd-b}. */
  public String place() {
    return String.join(", ", environments);
  }
}
