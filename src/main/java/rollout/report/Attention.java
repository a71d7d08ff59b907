package rollout.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import rollout.core.RolloutState;
import rollout.core.Watch;
import rollout.plan.Stage;
import rollout.port.Leases;

/**
 * Whether anybody watches what is on. A schedule of ticks drives nothing between two of them: what
 * it looks at in time counts as watched.
 *
 * @param now the moment it is asked
 * @param driver who drives the rollout now, if anybody does
 */
record Attention(RolloutState state, Instant now, Optional<Leases.Taken> driver) {
  /** The moment that the last look stands for; empty before the first one of the stage. */
  Optional<Instant> lastLookAt() {
    return state.watch().filter(watch -> watch.looks() > 0).map(Watch::lastDueAt);
  }

  /** Since when something is or may be on that nobody watches; empty while somebody does. */
  Optional<Instant> unwatchedSince() {
    boolean idle = driver.isEmpty() && state.end().isEmpty() && !state.started().sandbox();
    return idle && isAnythingOn() && !isWatchedInTime()
        ? Optional.of(lastSeenAt())
        : Optional.empty();
  }

  private boolean isAnythingOn() {
    return state
        .takeBack()
        .map(back -> back.seals().values().stream().anyMatch(seal -> !seal.isOff()))
        .orElseGet(state::isAnythingOn);
  }

  /** What is being taken back does not wait for a schedule. */
  private boolean isWatchedInTime() {
    return state.takeBack().isEmpty() && now.isBefore(lastSeenAt().plus(longestPause()));
  }

  /** A schedule that comes less often than this soon finds the evidence away for too long. */
  private Duration longestPause() {
    Duration interval = state.stage().map(Stage::interval).orElse(Duration.ZERO);
    Duration twoLooks = interval.multipliedBy(2);
    Duration halfTheGap = state.plan().judgement().maxGap().dividedBy(2);
    return twoLooks.compareTo(halfTheGap) > 0 ? twoLooks : halfTheGap;
  }

  private Instant lastSeenAt() {
    return state
        .watch()
        .filter(watch -> state.takeBack().isEmpty())
        .map(watch -> lastLookAt().orElse(watch.verifiedAt()))
        .orElse(state.lastAt());
  }

  /** {@code nobody has watched this since 14:02:10 (37m 5s)}; empty while somebody does. */
  Optional<String> warning(Times times) {
    return unwatchedSince()
        .map(
            since ->
                "nobody has watched this since "
                    + times.clockSince(now, since)
                    + " ("
                    + Times.words(Duration.between(since, now))
                    + ")");
  }
}
