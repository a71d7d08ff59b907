package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import rollout.plan.GateState;
import rollout.plan.Safety;
import rollout.plan.Stage;

/**
 * Bringing a stage's exposure into force: know the gates, mark, wait, intend, send once, confirm,
 * wait until every process has seen it.
 */
final class Entering {
  private Entering() {}

  static Decision onTick(RolloutState state, Input.Tick tick) {
    Instant now = tick.at();
    Stage stage = state.stage().orElseThrow();
    EnvironmentState here = state.environment(stage.environment());
    Duration propagation = state.plan().safety().propagation();
    if (state.progress().confirmedAt().isPresent()) {
      Instant inForce = state.progress().confirmedAt().get().plus(propagation);
      Instant verified = Beat.of(stage.interval()).atOrAfter(inForce);
      return verified.isAfter(now)
          ? Advancing.waiting(state, Optional.of(verified))
          : Advancing.events(verified(stage, now));
    }
    boolean patient = here.trouble().map(Trouble::retryAt).filter(now::isBefore).isPresent();
    if (patient && !tick.fresh()) {
      return Advancing.waiting(state, here.trouble().map(Trouble::retryAt));
    }
    if (here.intent().isPresent() || here.before().isEmpty()) {
      return effect(new Effect.ReadExposure(stage.environment()));
    }
    return Advancing.evidenceGap(state, now)
        .orElseGet(
            () ->
                Advancing.mayAdvance(state)
                    ? raise(state, stage, here, now)
                    : Advancing.waiting(state, Optional.empty()));
  }

  private static Decision raise(
      RolloutState state, Stage stage, EnvironmentState here, Instant now) {
    GateState expected = here.confirmed().orElseThrow();
    GateState target = expected.with(state.plan().safety().gate(), stage.exposure());
    if (target.equals(expected)) {
      return Advancing.events(confirmed(stage, target, now, true));
    }
    if (wantsMarker(state, here, expected)) {
      return here.markerActor()
          .map(actor -> effect(new Effect.SetMarker(stage.environment(), actor, expected)))
          .orElseGet(() -> effect(new Effect.Identify(stage.environment())));
    }
    Optional<Instant> readable =
        here.lastWriteAt().map(at -> at.plus(state.plan().safety().propagation()));
    if (readable.filter(now::isBefore).isPresent()) {
      return Advancing.waiting(state, readable);
    }
    if (!Advancing.isClear(state, now)) {
      return Advancing.waiting(state, Optional.empty());
    }
    return new Decision(
        List.of(
            new Event.ExposureIntended(
                now, stage.name(), stage.environment(), stage.exposure(), expected, target)),
        List.of(new Effect.SetExposure(stage.environment(), stage.exposure(), expected, target)),
        "");
  }

  private static boolean wantsMarker(
      RolloutState state, EnvironmentState here, GateState expected) {
    return state.plan().safety().marker() == Safety.Marker.SELF
        && !expected.everybody()
        && here.markerActor().filter(expected.actors()::contains).isEmpty();
  }

  private static Event verified(Stage stage, Instant now) {
    return new Event.StageVerified(now, stage.name(), stage.environment(), stage.exposure());
  }

  static Event confirmed(Stage stage, GateState gates, Instant now, boolean adopted) {
    return new Event.ExposureConfirmed(
        now, stage.name(), stage.environment(), stage.exposure(), gates, adopted);
  }

  private static Decision effect(Effect effect) {
    return new Decision(List.of(), List.of(effect), "");
  }
}
