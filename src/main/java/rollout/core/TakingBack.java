package rollout.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.GateState;

/**
 * Exposure going back: nothing but the seal ends it, and nothing here ever widens it but the one
 * return of the gates from before, which {@link Restoring} decides.
 */
final class TakingBack {
  private TakingBack() {}

  static Decision onTick(RolloutState state, Input.Tick tick) {
    Instant now = tick.at();
    TakeBack back = state.takeBack().orElseThrow();
    if (back.isSealed()) {
      return back.byPerson()
          ? Advancing.events(new Event.Aborted(now, back.reason()))
          : new Restoring(state, back, now)
              .next()
              .orElseGet(() -> Advancing.events(new Event.RolledBack(now, back.reason())));
    }
    List<Effect> effects = new ArrayList<>();
    for (Map.Entry<String, Seal> one : back.seals().entrySet()) {
      Seal seal = tick.fresh() ? one.getValue().impatient() : one.getValue();
      effect(one.getKey(), seal, now).ifPresent(effects::add);
    }
    return new Decision(List.of(), effects, "");
  }

  private static Optional<Effect> effect(String environment, Seal seal, Instant now) {
    return switch (seal.step(now)) {
      case SAY_OFF -> Optional.of(new Effect.SwitchOff(environment));
      case READ -> Optional.of(new Effect.ReadExposure(environment));
      case WAIT -> Optional.of(new Effect.WakeAt(seal.nextAt()));
      case DONE -> Optional.empty();
    };
  }

  static Decision onAnswer(RolloutState state, Input input) {
    if (input instanceof Input.SwitchedOff said) {
      return onSaid(state, said);
    } else if (input instanceof Input.ExposureRead read) {
      return Restoring.isPending(state, read.environment())
          ? Restoring.onRead(state, read)
          : onRead(state, read);
    } else if (input instanceof Input.BaselineSet set) {
      return Restoring.onSet(state, set);
    } else if (input instanceof Input.SealedElsewhere sealed) {
      return seal(state, sealed.environment()).filter(seal -> !seal.isSealed()).isPresent()
          ? Advancing.events(new Event.Sealed(sealed.at(), sealed.environment()))
          : Decision.NOTHING;
    } else if (input instanceof Input.PortFailed failure) {
      return onFailure(state, failure);
    }
    return Decision.NOTHING;
  }

  private static Decision onSaid(RolloutState state, Input.SwitchedOff said) {
    if (seal(state, said.environment()).isEmpty()) {
      return Decision.NOTHING;
    }
    return said.gates().isOff()
        ? Advancing.events(
            new Event.SwitchedOff(said.at(), said.exchange().askedAt(), said.environment()))
        : Answers.failed(
            state,
            said.at(),
            said.environment(),
            Attempt.SWITCH_OFF,
            Failure.UNKNOWN,
            "GitLab answered false with a flag that is still " + said.gates(),
            Optional.empty());
  }

  private static Decision onRead(RolloutState state, Input.ExposureRead read) {
    Optional<Seal> seal = seal(state, read.environment());
    boolean asked = seal.isPresent() && seal.get().againAt().isPresent();
    if (!asked || isOver(state, seal.get(), read)) {
      return Decision.NOTHING;
    }
    boolean off = read.gates().isOff();
    Seal next = off ? seal.get().readOff(read.exchange()) : seal.get().readOn(read.at());
    if (next.isSealed()) {
      return Advancing.events(new Event.Sealed(read.at(), read.environment()));
    }
    if (!off && !next.isOff()) {
      return Advancing.events(
          new Event.DriftSeen(read.at(), read.environment(), GateState.OFF, read.gates()));
    }
    return new Decision(List.of(), List.of(new Effect.WakeAt(next.nextAt())), "");
  }

  /** Another runner has sealed it meanwhile, and what is on again may be what was there before. */
  private static boolean isOver(RolloutState state, Seal seal, Input.ExposureRead read) {
    Map<String, Restore> restores = state.takeBack().orElseThrow().restores();
    return seal.isSealed() && (read.gates().isOff() || restores.containsKey(read.environment()));
  }

  private static Decision onFailure(RolloutState state, Input.PortFailed failure) {
    if (failure.attempt() == Attempt.RESTORE && failure.failure() == Failure.REFUSED) {
      return Restoring.onRefused(state, failure);
    }
    return seal(state, failure.environment()).isEmpty()
        ? Decision.NOTHING
        : Answers.failed(
            state,
            failure.at(),
            failure.environment(),
            failure.attempt(),
            failure.failure(),
            failure.reason(),
            failure.retryAfter());
  }

  private static Optional<Seal> seal(RolloutState state, String environment) {
    return state.takeBack().map(TakeBack::seals).map(seals -> seals.get(environment));
  }
}
