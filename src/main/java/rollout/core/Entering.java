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
    return step(state, tick, Optional.empty());
  }

  /** The calendar was asked because a raise was due; whether it still is, is looked at anew. */
  static Decision onCalendar(RolloutState state, Input.CalendarRead read) {
    return state.progress().activity() == RolloutState.Activity.ENTERING
        ? step(state, new Input.Tick(read.at()), Optional.of(read))
        : Decision.NOTHING;
  }

  private static Decision step(
      RolloutState state, Input.Tick tick, Optional<Input.CalendarRead> read) {
    Instant now = tick.at();
    Stage stage = state.stage().orElseThrow();
    EnvironmentState here = state.environment(stage.environment());
    Duration propagation = state.plan().safety().propagation();
    if (state.progress().confirmedAt().isPresent()) {
      Instant verified = state.progress().confirmedAt().get().plus(propagation);
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
                HoldKind.OF_A_RAISE.containsAll(state.holds().keySet())
                    ? raise(state, stage, here, now, read)
                    : Advancing.waiting(state, Optional.empty()));
  }

  private static Decision raise(
      RolloutState state,
      Stage stage,
      EnvironmentState here,
      Instant now,
      Optional<Input.CalendarRead> read) {
    GateState expected = here.confirmed().orElseThrow();
    GateState target = expected.with(state.plan().safety().gate(), stage.exposure());
    if (target.equals(expected)) {
      return Advancing.events(confirmed(stage, target, now, true));
    }
    if (wantsMarker(state, here, expected)) {
      Decision mark =
          here.markerActor()
              .map(actor -> effect(new Effect.SetMarker(stage.environment(), actor, expected)))
              .orElseGet(() -> effect(new Effect.Identify(stage.environment())));
      return Clearance.before(mark, state, stage, now, read);
    }
    Optional<Instant> readable =
        here.lastWriteAt().map(at -> at.plus(state.plan().safety().propagation()));
    if (readable.filter(now::isBefore).isPresent()) {
      return Advancing.waiting(state, readable);
    }
    if (!Advancing.isClear(state, now)) {
      return Advancing.waiting(state, Optional.empty());
    }
    Decision raise =
        new Decision(
            List.of(
                new Event.ExposureIntended(
                    now, stage.name(), stage.environment(), stage.exposure(), expected, target)),
            List.of(
                new Effect.SetExposure(stage.environment(), stage.exposure(), expected, target)),
            "");
    return Clearance.before(raise, state, stage, now, read);
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
