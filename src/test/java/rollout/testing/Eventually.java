package rollout.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that can be seen, and no longer than it may take. */
public final class Eventually {
  private static final long POLL_NANOS = 50_000_000;

  private Eventually() {}

  /**
   * Returns as soon as it is seen.
   *
   * @param what is waited for, in words
   * @throws AssertionError when it was not seen in time
   */
  public static void until(Duration within, String what, BooleanSupplier seen) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!seen.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not seen within " + within + ": " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
