package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import rollout.plan.Durations;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.Safety;
import rollout.plan.Stage;

/**
 * From fully on to the exposure before, where some do not see the flag: off, the marker at once,
 * the exposure, and then the judgement. Whatever is in doubt on that way ends off, and nothing of
 * it is begun a second time (decision 0024).
 */
final class SteppingBack {
  /** A read within so long after a change may not show it, and an abort reads for so long. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final RolloutState state;
  private final StepBack back;
  private final Stage stage;
  private final Instant now;

  private SteppingBack(RolloutState state, Instant now) {
    this.state = state;
    this.back = state.stepBack().orElseThrow();
    this.stage = state.stage().orElseThrow();
    this.now = now;
  }

  /** Whether it is on its way from fully on to the exposure before. */
  static boolean isGoingDown(RolloutState state) {
    return state.stepBack().filter(StepBack::isGoingDown).isPresent();
  }

  static Decision onTick(RolloutState state, Input.Tick tick) {
    SteppingBack stepping = new SteppingBack(state, tick.at());
    return stepping.back.isGoingDown() ? stepping.goDown(tick.fresh()) : stepping.look();
  }

  /** What follows from looks that were judged. */
  static Decision step(RolloutState state, Input.Tick tick) {
    return new SteppingBack(state, tick.at()).await();
  }

  /** Looks up to the deadline count, however late they are taken. */
  private Decision look() {
    List<Look> due =
        Advancing.dueLooks(state, now).stream()
            .filter(look -> !look.dueAt().isAfter(back.decidesBy()))
            .toList();
    return due.isEmpty() ? await() : Advancing.watch(state, now, due);
  }

  private Decision await() {
    if (back.isGoingDown()) {
      return Decision.NOTHING;
    }
    return now.isBefore(back.decidesBy())
        ? Advancing.waiting(state, Optional.of(back.decidesBy()))
        : giveUp(
            "nothing was decided within "
                + Durations.words(Duration.between(since(), back.decidesBy())));
  }

  private Instant since() {
    return back.verifiedAt().orElse(back.since());
  }

  private Decision goDown(boolean fresh) {
    if (fresh && !isConfirmed()) {
      return giveUp("the process that stepped back ended before " + back.exposure() + " was there");
    }
    if (!now.isBefore(back.decidesBy())) {
      return giveUp(back.exposure() + " was not there in time");
    }
    List<String> on = cells(GateState::everybody);
    if (!on.isEmpty()) {
      return new Decision(List.of(), on.stream().<Effect>map(Effect.SwitchOff::new).toList(), "");
    }
    return cells(GateState::isOff).isEmpty()
        ? raise()
        : giveUp("nobody knows whether the marker was set");
  }

  private List<String> cells(Predicate<GateState> are) {
    return stage.environments().stream().filter(cell -> are.test(confirmed(cell))).toList();
  }

  private boolean isConfirmed() {
    return state.progress().confirmed().keySet().containsAll(stage.environments());
  }

  private GateState confirmed(String cell) {
    return state.environment(cell).confirmed().orElseThrow();
  }

  /** All cells side by side: nobody sees the flag for whom it was not on a minute ago. */
  private Decision raise() {
    Optional<Instant> later =
        stage.environments().stream()
            .flatMap(cell -> notBefore(state.environment(cell)).stream())
            .max(Instant::compareTo)
            .filter(now::isBefore);
    if (later.isPresent()) {
      return effect(new Effect.WakeAt(later.get()));
    }
    if (isConfirmed()) {
      return effect(new Effect.ReadStage(stage.environments()));
    }
    List<Event> events = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    for (String cell : stage.environments()) {
      if (!state.progress().confirmed().containsKey(cell)) {
        Decision one = raise(cell);
        events.addAll(one.events());
        effects.addAll(one.effects());
      }
    }
    boolean late = !events.isEmpty() && now.isAfter(lastRaiseAt());
    return late
        ? giveUp(back.exposure() + " could not be sent in time")
        : new Decision(events, effects, "");
  }

  private Decision raise(String cell) {
    return state.environment(cell).intent().isPresent()
        ? effect(new Effect.ReadExposure(cell))
        : Entering.raise(state, stage, back.exposure(), cell, now, Map.of());
  }

  /** A write is seen everywhere by then, and GitLab may be asked again. */
  private Optional<Instant> notBefore(EnvironmentState here) {
    return Stream.concat(
            here.lastWriteAt().map(at -> at.plus(state.plan().safety().propagation())).stream(),
            here.trouble().map(Trouble::retryAt).stream())
        .max(Instant::compareTo);
  }

  /**
   * An abort without a journal may have said its first {@code false} just before the marker, where
   * nobody can see it. What is sent until here arrives before it says the second.
   */
  private Instant lastRaiseAt() {
    Safety safety = state.plan().safety();
    Instant marked =
        stage.environments().stream()
            .flatMap(cell -> state.environment(cell).markedAt().stream())
            .min(Instant::compareTo)
            .orElse(back.since());
    return marked.plus(safety.seal()).minus(safety.effectiveInFlight()).plus(SLACK);
  }

  /** And what is sent from here on is sent after that {@code false} can be read. */
  static Optional<Instant> mayReturnAt(RolloutState state, Stage stage, String cell) {
    Safety safety = state.plan().safety();
    return state.stepBacks().in(stage.name()) == 0
        ? Optional.empty()
        : state
            .environment(cell)
            .markedAt()
            .map(marked -> marked.plus(safety.seal()).plus(safety.propagation()));
  }

  /** What an answer means that is nothing to an ordinary raise; empty when it is one. */
  static Optional<Decision> onAnswer(RolloutState state, Input input) {
    if (!isGoingDown(state)) {
      return Optional.empty();
    }
    SteppingBack stepping = new SteppingBack(state, input.at());
    if (input instanceof Input.SwitchedOff said) {
      return stepping.onSaid(said);
    } else if (input instanceof Input.Marked marked) {
      return stepping.onMarked(marked);
    }
    return input instanceof Input.PortFailed failure
        ? stepping.onFailure(failure)
        : Optional.empty();
  }

  /** The marker goes out at once: until it stands, nobody's off can be told from ours. */
  private Optional<Decision> onSaid(Input.SwitchedOff said) {
    if (!confirmed(said.environment()).everybody()) {
      return Optional.empty();
    }
    if (!said.gates().isOff()) {
      return Optional.of(giveUp("GitLab answered false with a flag that is still " + said.gates()));
    }
    if (Decider.isOld(back.since(), now)) {
      return Optional.of(giveUp("off came too late to know whose it was"));
    }
    EnvironmentState here = state.environment(said.environment());
    String marker = here.markerActor().orElseThrow();
    Event off = new Event.SwitchedOff(now, said.exchange().askedAt(), said.environment());
    Event intended = new Event.MarkerIntended(now, said.environment(), marker);
    Effect mark =
        new Effect.SetMarker(
            said.environment(), marker, GateState.OFF, Optional.of(confirmed(said.environment())));
    return Optional.of(new Decision(List.of(off, intended), List.of(mark), ""));
  }

  private Optional<Decision> onMarked(Input.Marked marked) {
    EnvironmentState here = state.environment(marked.environment());
    GateState alone = GateState.OFF.withActor(here.markerActor().orElseThrow());
    return marked.gates().equals(alone) && confirmed(marked.environment()).isOff()
        ? Optional.empty()
        : Optional.of(giveUp("the marker was answered with a flag that is " + marked.gates()));
  }

  /** A raise that is known not to have been sent may be sent; all else is in doubt. */
  private Optional<Decision> onFailure(Input.PortFailed failure) {
    boolean ordinary =
        failure.failure() != Failure.REFUSED
            && (failure.attempt() == Attempt.RAISE || failure.attempt() == Attempt.READ);
    return ordinary ? Optional.empty() : Optional.of(giveUp(failure.reason()));
  }

  /** The exposure stepped back to is in force everywhere. */
  static Event verified(RolloutState state, Instant at) {
    Stage stage = state.stage().orElseThrow();
    Exposure exposure = state.stepBack().orElseThrow().exposure();
    return new Event.SteppedBack(at, stage.name(), stage.environments(), exposure);
  }

  /** It is not as it was left, or nobody knows: that ends off. */
  static Decision inDoubt(RolloutState state, Instant now, String why) {
    return new SteppingBack(state, now).giveUp(why);
  }

  /** The flag is not as we left it, and not off: we know too little to stay there. */
  static Decision drifted(RolloutState state, Event.DriftSeen drift) {
    String why =
        "in "
            + drift.environment()
            + " the flag is "
            + drift.actual()
            + " instead of "
            + drift.expected();
    return Advancing.events(
        drift, rollback(state, drift.at(), why, Optional.empty(), Optional.empty()));
  }

  private Decision giveUp(String why) {
    return Advancing.events(rollback(state, now, why, Optional.empty(), Optional.empty()));
  }

  /** Those without the flag fare better. */
  static Event convicted(RolloutState state, Finding finding, Instant now) {
    return rollback(state, now, finding.reason(), finding.value(), finding.limit());
  }

  /**
   * @param why what speaks against going on, a clause
   */
  private static Event rollback(
      RolloutState state, Instant now, String why, Optional<Double> value, Optional<Double> limit) {
    StepBack back = state.stepBack().orElseThrow();
    String reason =
        back.reason() + "; the step-back to " + back.exposure() + " ends in off: " + why;
    return Rollbacks.decide(state, now, Optional.of(back.guardrail()), reason, value, limit);
  }

  private static Decision effect(Effect effect) {
    return new Decision(List.of(), List.of(effect), "");
  }
}
