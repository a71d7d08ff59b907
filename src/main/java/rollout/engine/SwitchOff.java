package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import rollout.core.Backoff;
import rollout.core.Seal;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.port.Flags;
import rollout.port.PortException;
import rollout.port.Waiter;

/**
 * Switches a flag off and seals it, with nothing but a name and a token: {@code abort}. Needs no
 * journal, no plan, no metrics, no lease.
 */
public final class SwitchOff {
  private static final int REFUSALS = 3;

  private final InstantSource clock;
  private final Supplier<Waiter> waiters;
  private final Workers workers;
  private final Listener listener;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Waiter> waiting = new ArrayList<>();

  /**
   * @param waiters one for each environment, which wait side by side
   */
  public SwitchOff(
      InstantSource clock, Supplier<Waiter> waiters, Workers workers, Listener listener) {
    this.clock = clock;
    this.waiters = waiters;
    this.workers = workers;
    this.listener = listener;
  }

  /** One environment to switch off in. */
  public record Target(String environment, Flags flags) {}

  /**
   * How it is to be done.
   *
   * @param pace asked anew after OFF: the fence may be durable by then
   * @param timeout given up after so long without OFF; zero = never
   * @param seal whether to wait for the seal after OFF
   */
  public record Terms(Supplier<Seal.Pace> pace, Duration timeout, boolean seal) {}

  /** How it ended in one environment. */
  public enum Outcome {
    /** No write of ours can switch it on again. */
    SEALED,
    /** GitLab said off; nobody waited for the seal. */
    OFF,
    /** It may still be on. */
    NOT_VERIFIED
  }

  /** Somebody who is told how it goes; called from several threads. */
  public interface Listener {
    /** GitLab said off, for the first or the second time. */
    void off(String environment, Instant at, Seal seal);

    /** It was seen off for long enough. */
    void sealed(String environment, Instant at);

    /** GitLab failed; it is tried again at {@code retryAt}. */
    void failed(String environment, Instant retryAt, PortException why);
  }

  /** Ends {@link #run} soon, from any thread. */
  public void stop() {
    stopped.set(true);
    synchronized (waiting) {
      waiting.forEach(Waiter::wake);
    }
  }

  /**
   * Switches off in every target side by side.
   *
   * @return one outcome for each, in order
   * @throws InterruptedException when this thread is to stop
   */
  public List<Outcome> run(FlagName flag, List<Target> targets, Terms terms)
      throws InterruptedException {
    List<Callable<Outcome>> calls = new ArrayList<>();
    for (Target target : targets) {
      calls.add(() -> new One(flag, target, terms).run());
    }
    return workers.all(calls);
  }

  /** The protocol in one environment. */
  private final class One {
    private final FlagName flag;
    private final Target target;
    private final Terms terms;
    private final Waiter waiter;
    private final Instant begun = clock.instant();
    private Seal seal;
    private int refusals;

    One(FlagName flag, Target target, Terms terms) {
      this.flag = flag;
      this.target = target;
      this.terms = terms;
      this.waiter = waiters.get();
      this.seal = Seal.begin(terms.pace().get());
      synchronized (waiting) {
        waiting.add(waiter);
      }
    }

    Outcome run() throws InterruptedException {
      while (!isOver()) {
        Instant now = clock.instant();
        switch (seal.step(now)) {
          case SAY_OFF -> sayOff();
          case READ -> read();
          case WAIT -> waiter.awaitUntil(seal.nextAt());
          case DONE -> throw new AssertionError("over but not over");
          default -> throw new AssertionError(seal);
        }
        seal = seal.at(terms.pace().get());
      }
      return outcome();
    }

    private boolean isOver() {
      boolean late =
          !terms.timeout().isZero() && clock.instant().isAfter(begun.plus(terms.timeout()));
      boolean refused = refusals >= REFUSALS && !seal.isOff();
      boolean enough = seal.isSealed() || seal.isOff() && !terms.seal();
      return stopped.get() || enough || late && !seal.isOff() || refused;
    }

    private Outcome outcome() {
      if (seal.isSealed()) {
        return Outcome.SEALED;
      }
      return seal.isOff() ? Outcome.OFF : Outcome.NOT_VERIFIED;
    }

    private void sayOff() {
      attempt(
          () -> {
            GateState gates = target.flags().switchOff(flag).gates();
            if (!gates.isOff()) {
              throw new PortException(
                  PortException.Kind.UNKNOWN,
                  0,
                  "GitLab answered false with a flag that is still " + gates + ".",
                  null);
            }
            Instant at = clock.instant();
            seal = seal.saidOff(at);
            listener.off(target.environment(), at, seal);
          });
    }

    private void read() {
      attempt(
          () -> {
            boolean off = target.flags().read(flag).gates().isOff();
            Instant at = clock.instant();
            seal = off ? seal.readOff(at) : seal.readOn(at);
            if (seal.isSealed()) {
              listener.sealed(target.environment(), at);
            }
          });
    }

    private void attempt(Step step) {
      try {
        step.run();
        refusals = 0;
      } catch (PortException failure) {
        refusals += failure.kind() == PortException.Kind.REFUSED ? 1 : 0;
        Instant retryAt =
            Backoff.next(
                clock.instant(), seal.attempts(), failure.retryAfter(), target.environment());
        seal = seal.failed(retryAt);
        listener.failed(target.environment(), retryAt, failure);
      }
    }
  }

  private interface Step {
    void run() throws PortException;
  }
}
