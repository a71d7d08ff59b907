package rollout.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import rollout.core.Actor;
import rollout.core.Decider;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Driver;
import rollout.engine.Goal;
import rollout.engine.Lent;
import rollout.engine.Observer;
import rollout.engine.Servers;
import rollout.engine.Tenure;
import rollout.engine.Workers;
import rollout.plan.Safety;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.report.ExitCode;

/** Drives a rollout for a command: lease, loop, signals, exit code. */
final class Runner {
  private static final int AT_ONCE = 6;

  private final Session session;
  private final InstantSource clock;
  private final Waiter waiter;
  private final Observer observer;
  private final WatchWords words;

  Runner(Session session, InstantSource clock, Waiter waiter, Observer observer) {
    this.session = session;
    this.clock = clock;
    this.waiter = waiter;
    this.observer = observer;
    this.words = new WatchWords(session);
  }

  /** A rollout that this process may drive. */
  record Held(Desk desk, Lent lent) {}

  /** What a command asks of a rollout before it drives it; an exit code when it ends there. */
  interface Prelude {
    Optional<ExitCode> play(Desk desk) throws PortException;
  }

  /**
   * Plays the prelude and drives until the goal is reached.
   *
   * @throws CommandFailure (5) when another runner took the lease meanwhile
   * @throws PortException when the journal refused, or did not answer for too long
   * @throws InterruptedException when this thread is to stop
   */
  ExitCode run(Desk desk, Lent lent, Servers servers, Prelude prelude, Goal goal)
      throws PortException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, Runner::daemon);
    ExecutorService attempts = Executors.newCachedThreadPool(Runner::daemon);
    Supplier<Safety> safety = () -> desk.state().plan().safety();
    Tenure tenure =
        new Tenure(
            session.store().leases(),
            lent,
            session.machine().nanoTime(),
            () -> safety.get().lease(),
            () -> safety.get().effectiveInFlight());
    Workers workers = Workers.of(pool, attempts);
    Driver driver = new Driver(desk, tenure, servers, workers, clock, waiter, observer);
    Interruptions.UnderWay underWay = underWay(driver, desk, tenure);
    try {
      Optional<ExitCode> early = prelude.play(desk);
      ExitCode code = early.isPresent() ? early.get() : drive(driver, goal, desk);
      underWay.concludes(code);
      words.byHand(code, desk.state());
      return code;
    } finally {
      underWay.isOver();
      release(tenure);
      pool.shutdownNow();
      attempts.shutdownNow();
    }
  }

  private Interruptions.UnderWay underWay(Driver driver, Desk desk, Tenure tenure) {
    return session
        .machine()
        .interruptions()
        .register(driver::requestStop, () -> lastResort(desk.state(), tenure));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "worker");
    thread.setDaemon(true);
    return thread;
  }

  private ExitCode drive(Driver driver, Goal goal, Desk desk)
      throws PortException, InterruptedException {
    try {
      Optional<Goal.Reached> reached = driver.drive(goal);
      return reached.isEmpty() ? interrupted(desk) : code(reached.get(), driver.state());
    } catch (Driver.LeaseLost lost) {
      throw new CommandFailure(ExitCode.OTHER_RUNNER, lost.getMessage(), lost);
    } catch (PortException silent) {
      words.journalLost(driver.state());
      if (desk.state().takeBack().isEmpty()) {
        throw silent;
      }
      session.note(silent.getMessage());
      return ExitCode.of(desk.state());
    }
  }

  private static ExitCode code(Goal.Reached reached, RolloutState state) {
    return switch (reached) {
      case DONE -> ExitCode.OK;
      case END, TIME_IS_UP, WAITS_FOR_A_WINDOW -> ExitCode.of(state);
      case WAITS_FOR_A_PERSON -> ExitCode.HELD;
      case SILENT -> state.takeBack().isPresent() ? ExitCode.of(state) : ExitCode.SILENT;
    };
  }

  private ExitCode interrupted(Desk desk) throws PortException {
    hold(desk);
    words.stopped(desk.state());
    return codeOfStopped(desk.state());
  }

  /** A flag that is being taken back may still be on: that is graver than a hold. */
  private static ExitCode codeOfStopped(RolloutState state) {
    return state.takeBack().isPresent() || state.end().isPresent()
        ? ExitCode.of(state)
        : ExitCode.HELD;
  }

  private void hold(Desk desk) throws PortException {
    Actor actor = session.actor();
    desk.decide(
        state ->
            Decider.decide(
                state,
                new Input.Hold(
                    clock.instant(),
                    HoldKind.SIGNAL,
                    "the process that drove it was told to stop",
                    actor)));
  }

  /** The main thread is stuck in a call: settle things from here. */
  private ExitCode lastResort(RolloutState known, Tenure tenure) {
    try {
      Desk desk = Desk.open(session.store().journal(), known.rollout(), Observer.NONE);
      ExitCode code = interrupted(desk);
      words.byHand(code, desk.state());
      release(tenure);
      return code;
    } catch (PortException failed) {
      session.note("The hold could not be recorded. " + failed.getMessage());
      return codeOfStopped(known);
    }
  }

  private void release(Tenure tenure) {
    try {
      tenure.release();
    } catch (PortException silent) {
      session.note("The lease was not given back and ends by itself. " + silent.getMessage());
    }
  }

  /** Lifts what a signal left behind and sets how far the rollout may go. */
  static void takeUp(
      Desk desk,
      InstantSource clock,
      Optional<String> limit,
      List<HoldKind> lift,
      Optional<String> reason,
      Actor actor)
      throws PortException {
    desk.decide(state -> Decider.decide(state, new Input.Limit(clock.instant(), limit, actor)));
    desk.decide(
        state ->
            Decider.decide(
                state, new Input.Resume(clock.instant(), lift, Map.of(), reason, actor)));
  }
}
