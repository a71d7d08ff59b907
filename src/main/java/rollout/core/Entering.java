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
    Optional<Instant> visible = state.progress().confirmedAt().map(at -> at.plus(propagation));
    if (visible.filter(now::isBefore).isPresent()) {
      return Advancing.waiting(state, visible);
    }
    boolean patient = here.trouble().map(Trouble::retryAt).filter(now::isBefore).isPresent();
    if (patient && !tick.fresh()) {
      return Advancing.waiting(state, here.trouble().map(Trouble::retryAt));
    }
    if (visible.isPresent() || here.intent().isPresent() || here.before().isEmpty()) {
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
    if (!Advancing.isClear(state, now)) {
      return Advancing.waiting(state, Optional.empty());
    }
    if (wantsMarker(state, here, expected)) {
      return here.markerActor()
          .map(actor -> mark(stage.environment(), actor, expected, now))
          .orElseGet(() -> effect(new Effect.Identify(stage.environment())));
    }
    Optional<Instant> readable =
        here.lastWriteAt().map(at -> at.plus(state.plan().safety().propagation()));
    if (readable.filter(now::isBefore).isPresent()) {
      return Advancing.waiting(state, readable);
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

  /** Each marker that is sent has an intent of its own: a late one counts as under way. */
  static Decision mark(String environment, String actor, GateState expected, Instant now) {
    return new Decision(
        List.of(new Event.MarkerIntended(now, environment, actor)),
        List.of(new Effect.SetMarker(environment, actor, expected)),
        "");
  }

  /** Whether a read at this moment, if it shows what was confirmed, says so of every process. */
  static boolean isVisible(RolloutState state, String environment, Instant at) {
    return state.progress().activity() == RolloutState.Activity.ENTERING
        && state.stage().filter(one -> one.environment().equals(environment)).isPresent()
        && state
            .progress()
            .confirmedAt()
            .filter(since -> !at.isBefore(since.plus(state.plan().safety().propagation())))
            .isPresent();
  }

  static Event verified(Stage stage, Instant now) {
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
