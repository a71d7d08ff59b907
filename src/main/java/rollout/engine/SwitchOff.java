package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import rollout.core.Exchange;
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
   * @param timeout given up after so long without OFF, and so long after the moment at which it
   *     would have been sealed had all gone well; zero = never
   * @param seal whether to wait for the seal after OFF
   */
  public record Terms(Supplier<Seal.Pace> pace, Duration timeout, boolean seal) {}

  /** How it ended in one environment. */
  public enum Outcome {
    /** No write of ours can switch it on again. */
    SEALED,
    /** GitLab said off; the caller did not want to wait for the seal, or not any longer. */
    OFF,
    /** It may be on: GitLab never said off, or would not say it again. */
    NOT_VERIFIED
  }

  /** Somebody who is told how it goes; called from several threads. */
  public interface Listener {
    /** GitLab said off, for the first or the second time. */
    void off(String environment, Exchange said, Seal seal);

    /** It was seen off for long enough. */
    void sealed(String environment, Instant at);

    /** GitLab failed; it is tried again at {@code retryAt}. */
    void failed(String environment, Instant retryAt, PortException why);

    /** Something switched it on after OFF: the whole protocol begins anew. */
    default void onAgain(String environment, Instant at, GateState gates) {}
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
      Waiter waiter = waiters.get();
      synchronized (waiting) {
        waiting.add(waiter);
      }
      calls.add(
          () ->
              new SwitchingOff(clock, waiter, workers, listener, stopped::get)
                  .run(flag, target, terms));
    }
    return workers.all(calls);
  }
}
