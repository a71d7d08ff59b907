package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import rollout.judge.sequential.StepBackState;
import rollout.plan.Exposure;

/**
 * A stage that everybody saw is taken back to the exposure before it, where some do not see the
 * flag, and is judged there against them.
 *
 * @param number how many step-backs this rollout has had, this one included, from 1
 * @param guardrail the one that failed without a control, and that decides
 * @param exposure where it goes back to
 * @param since when it was decided
 * @param reason what the guardrail said, one line
 * @param verifiedAt when that exposure was in force everywhere; empty while it is on its way there
 * @param tests what the looks there have shown, by environment; empty before the first
 */
public record StepBack(
    int number,
    String guardrail,
    Exposure exposure,
    Instant since,
    String reason,
    Optional<Instant> verifiedAt,
    Map<String, StepBackState> tests) {
  /** So long it may take to get there, and so long again to be judged there. */
  private static final Duration DEADLINE = Duration.ofMinutes(15);

  public StepBack {
    tests = Map.copyOf(tests);
  }

  static StepBack of(Event.StepBackDecided event) {
    return new StepBack(
        event.number(),
        event.guardrail(),
        event.exposure(),
        event.at(),
        event.reason(),
        Optional.empty(),
        Map.of());
  }

  /** Whether {@code false}, the marker and the exposure before are still to be seen through. */
  public boolean isGoingDown() {
    return verifiedAt.isEmpty();
  }

  /** When it ends in a rollback, unless something else ended it before. */
  public Instant decidesBy() {
    return verifiedAt.orElse(since).plus(DEADLINE);
  }

  StepBack verified(Instant at) {
    return new StepBack(number, guardrail, exposure, since, reason, Optional.of(at), tests);
  }

  StepBack weighed(String environment, StepBackState next) {
    Map<String, StepBackState> more = new LinkedHashMap<>(tests);
    more.put(environment, next);
    return new StepBack(number, guardrail, exposure, since, reason, verifiedAt, more);
  }
}
