package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import rollout.core.Decider;
import rollout.core.Decision;
import rollout.core.Effect;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.port.Leases;
import rollout.port.PortException;
import rollout.port.Waiter;

/**
 * Drives one rollout: tick, make durable, perform, feed back, wait. {@code start} in the foreground
 * is nothing but a tick that waits.
 */
public final class Driver {
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Desk desk;
  private final Tenure tenure;
  private final Performer performer;
  private final InstantSource clock;
  private final Waiter waiter;
  private final Observer observer;
  private final Optional<Instant> lastIntentBefore;
  private volatile boolean stopRequested;
  private boolean fresh = true;
  private Instant wakeAt = Instant.MAX;
  private Optional<Instant> silentSince = Optional.empty();

  /**
   * @param tenure the lease this driver holds
   */
  public Driver(
      Desk desk,
      Tenure tenure,
      Servers servers,
      Workers workers,
      InstantSource clock,
      Waiter waiter,
      Observer observer) {
    this.desk = desk;
    this.tenure = tenure;
    this.performer = new Performer(servers, workers, clock, lastQuestions());
    this.clock = clock;
    this.waiter = waiter;
    this.observer = observer;
    this.lastIntentBefore = desk.state().lastIntentAt();
  }

  /** Makes {@link #drive} return soon, from any thread. */
  public void requestStop() {
    stopRequested = true;
    waiter.wake();
  }

  /**
   * Drives until the goal says that it is enough.
   *
   * @return what the goal said; empty when a stop was requested
   * @throws PortException when the journal refused, or did not answer for too long
   * @throws LeaseLost when another runner drives the rollout now
   * @throws InterruptedException when this thread is to stop
   */
  public Optional<Goal.Reached> drive(Goal goal)
      throws PortException, LeaseLost, InterruptedException {
    while (!stopRequested) {
      boolean worked;
      try {
        worked = isDue() && work();
        tenure.keep();
        desk.requireRecorded();
        silentSince = Optional.empty();
      } catch (PortException silent) {
        endure(goal, silent);
        continue;
      }
      Instant now = clock.instant();
      Optional<Goal.Reached> reached = goal.reached(desk.state(), now, !worked);
      if (reached.isPresent()) {
        return reached;
      }
      if (!worked && !stopRequested) {
        rest(goal, now);
      }
    }
    return Optional.empty();
  }

  /** The state as of the last event. */
  public RolloutState state() {
    return desk.state();
  }

  /**
   * The journal did not answer: it is asked again, and what was not recorded is observed anew. Even
   * one that refuses for good ends nothing while exposure is on its way back.
   */
  private void endure(Goal goal, PortException silent) throws PortException, InterruptedException {
    Instant now = clock.instant();
    boolean first = silentSince.isEmpty();
    Instant since = silentSince.orElse(now);
    boolean over = goal.givesUp(desk.state()) && Goal.isOver(desk.state(), since, now);
    boolean due = desk.state().takeBack().filter(back -> !back.isSealed()).isPresent();
    if (over || silent.kind() == PortException.Kind.REFUSED && !due) {
      throw silent;
    }
    silentSince = Optional.of(since);
    if (first) {
      observer.troubled(silent.getMessage() + " Trying again; the watch goes on.");
    }
    waiter.awaitUntil(now.plus(AGAIN));
  }

  /**
   * A waiter may return early, to look around. GitLab is not asked again for that: the next tick
   * comes when the core wanted it, or when somebody wrote.
   */
  private boolean isDue() {
    if (wakeAt.equals(Instant.MAX) || !clock.instant().isBefore(wakeAt)) {
      return true;
    }
    try {
      return !desk.isCurrent();
    } catch (PortException silent) {
      return true;
    }
  }

  private void rest(Goal goal, Instant now) throws InterruptedException {
    Instant until = earliest(earliest(wakeAt, goal.deadline()), now.plus(LONGEST_WAIT));
    observer.waiting(desk.state(), until);
    waiter.awaitUntil(until);
  }

  /** One tick and all that follows from it; whether anything was recorded. */
  private boolean work() throws PortException, InterruptedException {
    wakeAt = Instant.MAX;
    desk.holdAfterLoss(clock.instant());
    long before = desk.state().version();
    Deque<Input> inputs = new ArrayDeque<>();
    inputs.add(new Input.Tick(clock.instant(), fresh));
    fresh = false;
    while (!inputs.isEmpty()) {
      Input input = inputs.poll();
      Decision decision = desk.decide(state -> Decider.decide(state, input));
      inputs.addAll(perform(decision.effects()));
    }
    return desk.state().version() != before;
  }

  private List<Input> perform(List<Effect> effects) throws InterruptedException {
    for (Effect effect : effects) {
      if (effect instanceof Effect.WakeAt wake) {
        wakeAt = earliest(wakeAt, wake.at());
      }
    }
    return performer.perform(desk.state().flag(), desk.state().plan(), effects);
  }

  private Performer.MayRaise lastQuestions() {
    return new Performer.MayRaise() {
      @Override
      public String whyNotRaise() {
        return Decider.mayStillRaise(desk.state(), clock.instant())
            ? whyNotWiden()
            : "the decision or its evidence grew old before the raise; nothing was sent";
      }

      @Override
      public String whyNotRestore() {
        return whyNotWiden();
      }
    };
  }

  private String whyNotWiden() {
    try {
      if (stopRequested) {
        return "this process was told to stop; nothing was sent";
      }
      if (!desk.isCurrent()) {
        return "the journal changed between the check and the raise; nothing was sent";
      }
      if (tenure.isPredecessorDue() && mayBeOnItsWay(desk.state())) {
        return "the process that drove before ended without giving its lease back, and a raise of"
            + " its own may still be on its way; nothing was sent";
      }
      return tenure.coversARaise() ? "" : "the lease would not outlast the raise; nothing was sent";
    } catch (PortException journal) {
      return "the journal could not be asked just before the raise; nothing was sent. "
          + journal.getMessage();
    }
  }

  /** Whether a raise that was intended by another process can still reach GitLab. */
  private boolean mayBeOnItsWay(RolloutState state) {
    return lastIntentBefore
        .map(at -> at.plus(state.plan().safety().effectiveInFlight()))
        .filter(clock.instant()::isBefore)
        .isPresent();
  }

  private static Instant earliest(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Another runner drives the rollout now. */
  public static final class LeaseLost extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message who, since when
     */
    public LeaseLost(String message) {
      super(message);
    }

    LeaseLost(Optional<Leases.Taken> taken) {
      super(
          taken
              .map(one -> "Another runner drives this rollout now: " + one.holder().name() + ".")
              .orElse("The lease on this rollout ran out before it was renewed."));
    }
  }
}
