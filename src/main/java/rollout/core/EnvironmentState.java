package rollout.core;

import java.time.Instant;
import java.util.Optional;
import rollout.plan.Exposure;
import rollout.plan.GateState;

/**
 * What is known of the flag in one environment.
 *
 * @param before all gates as they were before our first write; empty until they were read
 * @param confirmed all gates as they were last confirmed; a read that differs is drift
 * @param markerActor the gate of the marker, once it was intended
 * @param markedAt when the marker was confirmed
 * @param intent a raise that is under way
 * @param lastIntentAt when a write that switches anything on was last intended
 * @param lastWriteAt when GitLab last answered a write of ours
 * @param trouble set while GitLab fails us
 */
public record EnvironmentState(
    Optional<GateState> before,
    Optional<GateState> confirmed,
    Optional<String> markerActor,
    Optional<Instant> markedAt,
    Optional<Intent> intent,
    Optional<Instant> lastIntentAt,
    Optional<Instant> lastWriteAt,
    Optional<Trouble> trouble) {
  static final EnvironmentState UNTOUCHED =
      new EnvironmentState(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Whether this rollout may have switched anything on here. */
  public boolean isTouched() {
    return lastIntentAt.isPresent() || confirmed.isPresent() && !confirmed.equals(before);
  }

  /** Whether a write was sent of which nobody knows if it worked. */
  public boolean isUncertain() {
    return intent.map(Intent::unknown).orElse(false);
  }

  /** Whether GitLab has not answered, as far as anybody knows, what was intended last. */
  boolean isOpen() {
    return intent.isPresent() || lastIntentAt.filter(this::isUnanswered).isPresent();
  }

  private boolean isUnanswered(Instant intended) {
    return lastWriteAt.filter(answer -> !answer.isBefore(intended)).isEmpty();
  }

  /** How much of the environment sees the flag, as last confirmed; the marker alone is off. */
  public Exposure exposure() {
    return confirmed.map(GateState::exposure).orElse(Exposure.OFF);
  }

  EnvironmentState recorded(GateState gates) {
    return copy(Optional.of(gates), Optional.of(gates), markerActor, markedAt, intent, lastWriteAt);
  }

  EnvironmentState markerIntended(Instant at, String actorGate) {
    return new EnvironmentState(
        before,
        confirmed,
        Optional.of(actorGate),
        markedAt,
        intent,
        Optional.of(at),
        lastWriteAt,
        trouble);
  }

  EnvironmentState marked(Instant at, GateState gates) {
    return copy(before, Optional.of(gates), markerActor, Optional.of(at), intent, Optional.of(at));
  }

  EnvironmentState baselineIntended(Instant at) {
    return new EnvironmentState(
        before, confirmed, markerActor, markedAt, intent, Optional.of(at), lastWriteAt, trouble);
  }

  EnvironmentState intended(Intent next) {
    return new EnvironmentState(
        before,
        confirmed,
        markerActor,
        markedAt,
        Optional.of(next),
        Optional.of(next.at()),
        lastWriteAt,
        trouble);
  }

  EnvironmentState confirmed(Instant at, GateState gates) {
    return copy(
        before.or(() -> Optional.of(gates)),
        Optional.of(gates),
        markerActor,
        markedAt,
        Optional.empty(),
        Optional.of(at));
  }

  EnvironmentState switchedOff(Instant at) {
    return copy(
        before,
        Optional.of(GateState.OFF),
        markerActor,
        markedAt,
        Optional.empty(),
        Optional.of(at));
  }

  EnvironmentState answered() {
    return copy(before, confirmed, markerActor, markedAt, intent, lastWriteAt);
  }

  EnvironmentState failed(Event.AttemptFailed event) {
    Trouble worse =
        new Trouble(
            trouble.map(Trouble::since).orElse(event.at()),
            trouble.map(Trouble::attempts).orElse(0) + 1,
            event.retryAt(),
            event.reason());
    return new EnvironmentState(
        before,
        confirmed,
        markerActor,
        markedAt,
        event.attempt() == Attempt.RAISE ? afterRaise(event.failure()) : intent,
        lastIntentAt,
        lastWriteAt,
        Optional.of(worse));
  }

  private Optional<Intent> afterRaise(Failure failure) {
    return failure == Failure.UNKNOWN ? intent.map(Intent::asUnknown) : Optional.empty();
  }

  /** A copy whose trouble is over: GitLab answered. */
  private EnvironmentState copy(
      Optional<GateState> newBefore,
      Optional<GateState> newConfirmed,
      Optional<String> newMarkerActor,
      Optional<Instant> newMarkedAt,
      Optional<Intent> newIntent,
      Optional<Instant> newLastWriteAt) {
    return new EnvironmentState(
        newBefore,
        newConfirmed,
        newMarkerActor,
        newMarkedAt,
        newIntent,
        lastIntentAt,
        newLastWriteAt,
        Optional.empty());
  }
}
