package rollout.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import rollout.core.Decider;
import rollout.core.Exchange;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Observer;
import rollout.plan.GateState;
import rollout.plan.RolloutId;
import rollout.port.PortException;

/**
 * The journal's part in an abort: the fence that stops every runner, and what was done. Best
 * effort, one note after the other on a thread of its own: nothing here may delay or stop the
 * switching off.
 */
final class AbortFence {
  /** How long the end of an abort waits for what is still to be noted. */
  private static final long PATIENCE_SECONDS = 2;

  private final Session session;
  private final ExecutorService notes = Executors.newSingleThreadExecutor(AbortFence::daemon);
  private volatile Optional<Desk> desk = Optional.empty();
  private volatile Optional<RolloutState> noted = Optional.empty();

  AbortFence(Session session) {
    this.session = session;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fence");
    thread.setDaemon(true);
    return thread;
  }

  /** Puts the fence up. */
  void raise(RolloutId rollout, Input.Abort abort) {
    quietly(
        () -> {
          Desk opened = Desk.open(session.store().journal(), rollout, Observer.NONE);
          desk = Optional.of(opened);
          opened.decide(state -> Decider.decide(state, known(state, abort)));
          opened.requireRecorded();
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
  boolean provesQuiet(Duration seal, Instant now) {
    return noted
        .map(state -> state.lastIntentAt().orElse(Instant.EPOCH).plus(seal).isBefore(now))
        .orElse(false);
  }

  void off(String environment, Exchange said) {
    note(new Input.SwitchedOff(said, environment, GateState.OFF));
  }

  void onAgain(String environment, Instant at, GateState gates) {
    note(new Input.ExposureRead(Exchange.at(at), environment, gates));
  }

  void sealed(String environment, Instant at) {
    note(new Input.SealedElsewhere(at, environment));
    note(new Input.Tick(at));
  }

  /** The state as the journal last took it down, if it knows the rollout. */
  Optional<RolloutState> state() {
    return noted;
  }

  /** Gives what is still to be noted a moment; nothing can be noted any more. */
  void settle() throws InterruptedException {
    notes.shutdown();
    if (!notes.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      session.note("warning: the journal was too slow to take down all that was done.");
    }
  }

  private void note(Input input) {
    quietly(
        () -> {
          if (desk.isPresent()) {
            desk.get().decide(state -> Decider.decide(state, input));
            desk.get().requireRecorded();
          }
        });
  }

  private void quietly(Work work) {
    notes.execute(
        () -> {
          try {
            work.run();
            noted = desk.map(Desk::state);
          } catch (PortException | IllegalArgumentException lost) {
            session.note("warning: the journal does not have it. " + lost.getMessage());
          }
        });
  }

  private interface Work {
    void run() throws PortException;
  }
}
