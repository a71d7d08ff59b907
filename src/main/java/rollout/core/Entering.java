package rollout.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.Safety;
import rollout.plan.Stage;

/**
 * Bringing a stage's exposure into force: know the gates everywhere, then one environment after the
 * other: mark, wait, intend, send once, confirm, wait until every process has seen it.
 */
final class Entering {
  private final RolloutState state;
  private final Stage stage;
  private final Instant now;
  private final boolean fresh;
  private final Optional<Input.CalendarRead> read;

  private Entering(RolloutState state, Input.Tick tick, Optional<Input.CalendarRead> read) {
    this.state = state;
    this.stage = state.stage().orElseThrow();
    this.now = tick.at();
    this.fresh = tick.fresh();
    this.read = read;
  }

  static Decision onTick(RolloutState state, Input.Tick tick) {
    return new Entering(state, tick, Optional.empty()).step();
  }

  /** The calendar was asked because a raise was due; whether it still is, is looked at anew. */
  static Decision onCalendar(RolloutState state, Input.CalendarRead read) {
    return state.progress().activity() == Progress.Activity.ENTERING
        ? new Entering(state, new Input.Tick(read.at()), Optional.of(read)).step()
        : Decision.NOTHING;
  }

  private Decision step() {
    List<String> unknown =
        stage.environments().stream()
            .filter(cell -> state.environment(cell).before().isEmpty())
            .toList();
    if (!unknown.isEmpty()) {
      return look(unknown);
    }
    Optional<Instant> inForce = inForceAt();
    if (inForce.filter(now::isBefore).isPresent()) {
      return Advancing.waiting(state, inForce);
    }
    String cell = state.entering().orElseThrow();
    return state.progress().confirmed().containsKey(cell) ? verify() : enter(cell);
  }

  /** A 201 is not proof: only what is read once every process must show it is. */
  private Decision verify() {
    Optional<Instant> retry =
        stage.environments().stream()
            .flatMap(cell -> retryAt(cell).stream())
            .max(Instant::compareTo);
    return retry.isPresent()
        ? Advancing.waiting(state, retry)
        : effect(new Effect.ReadStage(stage.environments()));
  }

  /** When every process has seen what was confirmed in this stage; empty before the first. */
  private Optional<Instant> inForceAt() {
    return state.progress().confirmed().values().stream()
        .max(Instant::compareTo)
        .map(last -> last.plus(state.plan().safety().propagation()))
        .map(Beat.of(stage.interval())::atOrAfter);
  }

  private Decision enter(String cell) {
    EnvironmentState here = state.environment(cell);
    if (here.intent().isPresent()) {
      return look(List.of(cell));
    }
    Optional<Instant> retry = retryAt(cell);
    if (retry.isPresent()) {
      return Advancing.waiting(state, retry);
    }
    return Advancing.evidenceGap(state, now)
        .orElseGet(
            () ->
                HoldKind.OF_A_RAISE.containsAll(state.holds().keySet())
                    ? raise(cell, here)
                    : Advancing.waiting(state, Optional.empty()));
  }

  /** Reads those that GitLab lets us ask by now, and waits for the others. */
  private Decision look(List<String> cells) {
    List<Effect> effects = new ArrayList<>();
    for (String cell : cells) {
      effects.add(
          retryAt(cell)
              .<Effect>map(Effect.WakeAt::new)
              .orElseGet(() -> new Effect.ReadExposure(cell)));
    }
    if (effects.stream().allMatch(Effect.WakeAt.class::isInstance)) {
      Advancing.nextLookAt(state).ifPresent(at -> effects.add(new Effect.WakeAt(at)));
    }
    return new Decision(List.of(), effects, "");
  }

  private Optional<Instant> retryAt(String cell) {
    return fresh
        ? Optional.empty()
        : state.environment(cell).trouble().map(Trouble::retryAt).filter(now::isBefore);
  }

  private Decision raise(String cell, EnvironmentState here) {
    GateState expected = here.confirmed().orElseThrow();
    GateState target = expected.with(state.plan().safety().gate(), stage.exposure());
    if (target.equals(expected) || isWider(expected)) {
      return Advancing.events(adopted(stage, cell, expected, now));
    }
    if (!Advancing.isClear(state, now)) {
      return Advancing.waiting(state, Optional.empty());
    }
    if (wantsMarker(here, expected)) {
      Decision mark =
          here.markerActor()
              .map(actor -> mark(cell, actor, expected, now))
              .orElseGet(() -> effect(new Effect.Identify(cell)));
      return Clearance.before(mark, state, stage, cell, now, read);
    }
    Optional<Instant> readable =
        Stream.concat(
                here.lastWriteAt().map(at -> at.plus(state.plan().safety().propagation())).stream(),
                SteppingBack.mayReturnAt(state, stage, cell).stream())
            .max(Instant::compareTo);
    if (readable.filter(now::isBefore).isPresent()) {
      return Advancing.waiting(state, readable);
    }
    Decision decision = raise(state, stage, stage.exposure(), cell, now, raisedBefore());
    return Clearance.before(decision, state, stage, cell, now, read);
  }

  /**
   * The intent, and what is sent once it is durable.
   *
   * @param beside as in {@link Effect.SetExposure}
   */
  static Decision raise(
      RolloutState state,
      Stage stage,
      Exposure exposure,
      String cell,
      Instant now,
      Map<String, GateState> beside) {
    GateState expected = state.environment(cell).confirmed().orElseThrow();
    GateState target = expected.with(state.plan().safety().gate(), exposure);
    Event intended =
        new Event.ExposureIntended(now, stage.name(), cell, exposure, expected, target);
    Effect raise = new Effect.SetExposure(cell, exposure, expected, target, beside);
    return new Decision(List.of(intended), List.of(raise), "");
  }

  /** Whoever switches one cell off means the flag: the next is not raised after that. */
  private Map<String, GateState> raisedBefore() {
    Map<String, GateState> raised = new LinkedHashMap<>();
    for (String cell : state.progress().confirmed().keySet()) {
      raised.put(cell, state.environment(cell).confirmed().orElseThrow());
    }
    return raised;
  }

  /**
   * A cell that was found ahead of the others waits for them where it is: fully on there is no way
   * down but off.
   */
  private boolean isWider(GateState expected) {
    boolean several = stage.environments().size() > 1;
    return several && expected.exposure().compareTo(stage.exposure()) > 0;
  }

  private boolean wantsMarker(EnvironmentState here, GateState expected) {
    return state.plan().safety().marker() == Safety.Marker.SELF
        && !expected.everybody()
        && here.markerActor().filter(expected.actors()::contains).isEmpty();
  }

  /** Each marker that is sent has an intent of its own: a late one counts as under way. */
  static Decision mark(String cell, String actor, GateState expected, Instant now) {
    return new Decision(
        List.of(new Event.MarkerIntended(now, cell, actor)),
        List.of(new Effect.SetMarker(cell, actor, expected, Optional.empty())),
        "");
  }

  static Event adopted(Stage stage, String cell, GateState gates, Instant now) {
    return new Event.ExposureConfirmed(now, stage.name(), cell, gates.exposure(), gates, true);
  }

  private static Decision effect(Effect effect) {
    return new Decision(List.of(), List.of(effect), "");
  }
}
