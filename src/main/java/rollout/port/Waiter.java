package rollout.port;

import java.time.Instant;

/** Waiting that can be cut short. */
public interface Waiter {
  /**
   * Returns at {@code until} at the latest, earlier when woken or when the implementation wants the
   * caller to look around.
   *
   * @throws InterruptedException when this thread is to stop
   */
  void awaitUntil(Instant until) throws InterruptedException;

  /** Ends the present wait, or the next one if nobody is waiting. */
  void wake();
}
