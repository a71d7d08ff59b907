package rollout.cli;

import java.time.Duration;
import java.time.Instant;
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
import rollout.engine.Observer;
import rollout.engine.Servers;
import rollout.engine.Tenure;
import rollout.engine.Workers;
import rollout.plan.Durations;
import rollout.plan.RolloutId;
import rollout.plan.Safety;
import rollout.port.Leases;
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

  Runner(Session session, InstantSource clock, Waiter waiter, Observer observer) {
    this.session = session;
    this.clock = clock;
    this.waiter = waiter;
    this.observer = observer;
  }

  /** A rollout that this process may drive. */
  record Held(Desk desk, Leases.Lease lease) {}

  /** What a command asks of a rollout before it drives it; an exit code when it ends there. */
  interface Prelude {
    Optional<ExitCode> play(Desk desk) throws PortException;
  }

  /**
   * Takes the lease.
   *
   * @param waits whether to wait for the end of a lease whose holder fell silent elsewhere
   * @throws CommandFailure (5) when another runner drives
   */
  Leases.Lease lease(RolloutId rollout, Duration duration, boolean waits)
      throws PortException, InterruptedException {
    Leases leases = session.store().leases();
    Leases.Holder self = session.processes().self(session.machine().user());
    Leases.Answer answer = leases.take(rollout, self, duration);
    if (answer instanceof Leases.Taken taken && waits && !taken.aliveHere()) {
      session.note(
          "Another runner ("
              + taken.holder().name()
              + " on "
              + taken.holder().host()
              + ") has the lease for "
              + Durations.words(taken.left())
              + " more; waiting for its end.");
      awaitEnd(session.machine().clock().instant().plus(taken.left()).plusMillis(50));
      answer = leases.take(rollout, self, duration);
    }
    if (answer instanceof Leases.Granted granted) {
      return granted.lease();
    }
    Leases.Taken taken = (Leases.Taken) answer;
    throw new CommandFailure(
        ExitCode.OTHER_RUNNER,
        "Another runner drives rollout "
            + rollout
            + ": "
            + taken.holder().name()
            + " on "
            + taken.holder().host()
            + ", process "
            + taken.holder().processId()
            + ". Nothing was changed. hold, approve, promote and abort work from here all the same.");
  }

  private void awaitEnd(Instant end) throws InterruptedException {
    InstantSource real = session.machine().clock();
    Interruptions interruptions = session.machine().interruptions();
    Waiter patience = new ClockWaiter(real);
    Interruptions.UnderWay underWay = interruptions.register(patience::wake, () -> ExitCode.HELD);
    try {
      while (real.instant().isBefore(end) && !interruptions.isAsked()) {
        patience.awaitUntil(end);
      }
    } finally {
      underWay.isOver();
    }
    if (interruptions.isAsked()) {
      throw new CommandFailure(
          ExitCode.HELD, "Stopped while waiting for the lease; nothing was changed.");
    }
  }

  /**
   * Plays the prelude and drives until the goal is reached.
   *
   * @throws CommandFailure (5) when another runner took the lease meanwhile
   * @throws PortException when the journal refused, or did not answer for too long
   * @throws InterruptedException when this thread is to stop
   */
  ExitCode run(Desk desk, Leases.Lease lease, Servers servers, Prelude prelude, Goal goal)
      throws PortException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, Runner::daemon);
    Supplier<Safety> safety = () -> desk.state().plan().safety();
    Tenure tenure =
        new Tenure(
            session.store().leases(),
            lease,
            session.machine().nanoTime(),
            () -> safety.get().lease(),
            () -> safety.get().effectiveInFlight());
    Driver driver = new Driver(desk, tenure, servers, Workers.of(pool), clock, waiter, observer);
    Interruptions.UnderWay underWay = underWay(driver, desk, tenure);
    try {
      Optional<ExitCode> early = prelude.play(desk);
      ExitCode code = early.isPresent() ? early.get() : drive(driver, goal, desk);
      underWay.concludes(code);
      sayByHand(code, desk.state());
      return code;
    } finally {
      underWay.isOver();
      release(tenure);
      pool.shutdownNow();
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
      warnOfWhatIsOn(driver.state());
      if (desk.state().takeBack().isEmpty()) {
        throw silent;
      }
      session.note(silent.getMessage());
      return ExitCode.of(desk.state());
    }
  }

  /** The journal is lost to us: nobody watches from here, and what is on stays on. */
  private void warnOfWhatIsOn(RolloutState state) {
    if (state.isAnythingOn()) {
      session.note(
          state.flag()
              + " is or may be on in "
              + String.join(", ", state.touched())
              + ", and nobody watches it now. Switch it off: rollout abort "
              + state.flag());
    }
  }

  private static ExitCode code(Goal.Reached reached, RolloutState state) {
    return switch (reached) {
      case DONE -> ExitCode.OK;
      case END, TIME_IS_UP -> ExitCode.of(state);
      case WAITS_FOR_A_PERSON -> ExitCode.HELD;
      case SILENT -> state.takeBack().isPresent() ? ExitCode.of(state) : ExitCode.SILENT;
    };
  }

  private ExitCode interrupted(Desk desk) throws PortException {
    hold(desk);
    sayHowToGoOn(desk.state());
    return codeOfStopped(desk.state());
  }

  /** A flag that is being taken back may still be on: that is graver than a hold. */
  private static ExitCode codeOfStopped(RolloutState state) {
    return state.takeBack().isPresent() || state.end().isPresent()
        ? ExitCode.of(state)
        : ExitCode.HELD;
  }

  /** The flag may still be on, and this program stops trying: people have to. */
  private void sayByHand(ExitCode code, RolloutState state) {
    if (code == ExitCode.NOT_VERIFIED && state.takeBack().isPresent()) {
      List<String> on =
          state.takeBack().get().seals().entrySet().stream()
              .filter(one -> !one.getValue().isOff())
              .map(Map.Entry::getKey)
              .toList();
      session.note(state.flag() + " is NOT VERIFIED off: it may still be on.");
      session.note(Recipe.byHand(state.flag(), on));
    }
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

  private void sayHowToGoOn(RolloutState state) {
    if (state.started().sandbox()) {
      session.note(
          "Stopped. It was a sandbox: no real server was asked for anything. Again: rollout start "
              + state.flag()
              + " --sandbox");
    } else if (state.takeBack().isPresent()) {
      session.note(
          state
                  .takeBack()
                  .get()
                  .expectedAt()
                  .map(at -> state.flag() + " is off; not sealed until " + clockTime(at) + ".")
                  .orElse(state.flag() + " may still be ON.")
              + " Finish it: rollout resume "
              + state.flag());
    } else if (state.end().isEmpty()) {
      session.note(
          "Held where it is; the flag stays as it is, and nobody watches it now. Go on: rollout"
              + " start "
              + state.flag()
              + "   Switch off: rollout abort "
              + state.flag());
    }
  }

  private String clockTime(Instant at) {
    return at.atZone(session.machine().zone()).toLocalTime().withNano(0).toString();
  }

  /** The main thread is stuck in a call: settle things from here. */
  private ExitCode lastResort(RolloutState known, Tenure tenure) {
    try {
      Desk desk = Desk.open(session.store().journal(), known.rollout(), Observer.NONE);
      ExitCode code = interrupted(desk);
      sayByHand(code, desk.state());
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
      Desk desk, InstantSource clock, Optional<String> limit, List<HoldKind> lift, Actor actor)
      throws PortException {
    desk.decide(state -> Decider.decide(state, new Input.Limit(clock.instant(), limit, actor)));
    desk.decide(
        state ->
            Decider.decide(
                state, new Input.Resume(clock.instant(), lift, Map.of(), Optional.empty(), actor)));
  }
}
