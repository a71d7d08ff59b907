package rollout.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import rollout.core.Decider;
import rollout.core.EnvironmentState;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Observer;
import rollout.plan.GateState;
import rollout.plan.RolloutId;
import rollout.port.PortException;

/**
 * The journal's part in an abort: the fence that stops every runner, and what was done. Best
 * effort: nothing here may delay or stop the switching off.
 */
final class AbortFence {
  private final Session session;
  private final AtomicBoolean durable = new AtomicBoolean();
  private Optional<Desk> desk = Optional.empty();

  AbortFence(Session session) {
    this.session = session;
  }

  /** Puts the fence up. */
  synchronized void raise(RolloutId rollout, Input.Abort abort) {
    quietly(
        () -> {
          Desk opened = Desk.open(session.store().journal(), rollout, Observer.NONE);
          opened.decide(state -> Decider.decide(state, known(state, abort)));
          desk = Optional.of(opened);
          durable.set(true);
        });
  }

  /**
   * An environment that was named by its address alone is unknown to the plan: then the rollout
   * ends everywhere.
   */
  private static Input.Abort known(RolloutState state, Input.Abort abort) {
    List<String> known =
        abort.environments().stream().filter(state.environments()::containsKey).toList();
    List<String> touched = state.touched();
    List<String> all = touched.isEmpty() ? List.copyOf(state.environments().keySet()) : touched;
    return new Input.Abort(
        abort.at(), known.isEmpty() ? all : known, abort.actor(), abort.reason());
  }

  /** Whether it stands, and no raise can still be on its way. */
  boolean provesQuiet(java.time.Duration seal, Instant now) {
    return durable.get()
        && desk.map(Desk::state)
            .map(state -> youngestIntent(state).plus(seal).isBefore(now))
            .orElse(false);
  }

  private static Instant youngestIntent(RolloutState state) {
    return state.environments().values().stream()
        .map(EnvironmentState::lastIntentAt)
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  synchronized void off(String environment, Instant at) {
    note(new Input.ExposureSet(at, environment, GateState.OFF));
  }

  synchronized void sealed(String environment, Instant at) {
    note(new Input.SealedElsewhere(at, environment));
    note(new Input.Tick(at));
  }

  /** The state with what was noted, if the journal knows the rollout. */
  synchronized Optional<RolloutState> state() {
    return desk.map(Desk::state);
  }

  private void note(Input input) {
    desk.ifPresent(opened -> quietly(() -> opened.decide(state -> Decider.decide(state, input))));
  }

  private void quietly(Work work) {
    try {
      work.run();
    } catch (PortException silent) {
      session.note("warning: the journal does not have it. " + silent.getMessage());
    }
  }

  private interface Work {
    void run() throws PortException;
  }
}
