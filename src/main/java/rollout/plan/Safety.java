package rollout.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * How exposure is changed. Why these numbers are what they are: the Features API's caches and
 * time-outs (60 s cache; 210 s = header time-out 60 s + queue 90 s + service 60 s).
 *
 * @param gate which percentage is raised
 * @param scope which environments a guardrail's rollback switches off
 * @param rollbackTo where a guardrail's rollback ends
 * @param propagation how long until every process of GitLab has seen a write
 * @param seal how long after OFF the flag is switched off once more
 * @param lease how long a runner that fell silent keeps its right to drive
 * @param inFlight the longest a request of ours can be under way; empty = derived
 * @param gitlabBudget how long GitLab may be silent before a command gives up raising
 */
public record Safety(
    Gate gate,
    Scope scope,
    RollbackTo rollbackTo,
    Duration propagation,
    Duration seal,
    Duration lease,
    Optional<Duration> inFlight,
    Duration gitlabBudget,
    Marker marker) {
  /** Which environments a guardrail's rollback switches off. */
  public enum Scope {
    /** The one of the stage that failed. */
    ENVIRONMENT,
    /** Every one that the rollout raised. */
    ALL
  }

  /** Where a guardrail's rollback ends; an abort always ends with off. */
  public enum RollbackTo {
    /** Nobody sees the flag. */
    OFF,
    /** Once sealed, the actor and group gates from before are put back; never a percentage. */
    BASELINE
  }

  /** Whether the flag is first enabled for the token's own user, to tell "off" from "stopped". */
  public enum Marker {
    SELF,
    NONE
  }

  /** The longest a request can be under way at GitLab, in its default configuration. */
  public static final Duration LONGEST_IN_FLIGHT = Duration.ofSeconds(210);

  /** The least seal that {@code abort} accepts without a warning. */
  public static final Duration DEFAULT_SEAL = Duration.ofSeconds(300);

  /** What holds when the plan says nothing. */
  public static final Safety DEFAULT =
      new Safety(
          Gate.PERCENTAGE_OF_ACTORS,
          Scope.ENVIRONMENT,
          RollbackTo.OFF,
          Duration.ofSeconds(65),
          DEFAULT_SEAL,
          Duration.ofMinutes(10),
          Optional.empty(),
          Duration.ofMinutes(15),
          Marker.SELF);

  /**
   * The longest a request of ours is taken to be under way: what the plan says, else the smallest
   * of 210 s, half the lease, and {@code seal} − {@code propagation} (at least 0).
   */
  public Duration effectiveInFlight() {
    return inFlight.orElseGet(
        () -> {
          Duration margin = max(Duration.ZERO, seal.minus(propagation));
          return min(LONGEST_IN_FLIGHT, min(lease.dividedBy(2), margin));
        });
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
