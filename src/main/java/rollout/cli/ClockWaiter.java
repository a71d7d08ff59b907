package rollout.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import rollout.port.Waiter;

/** Waits in real time, and looks up several times a second: others write to the journal too. */
final class ClockWaiter implements Waiter {
  private static final Duration LONGEST = Duration.ofMillis(250);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition condition = lock.newCondition();
  private boolean woken;

  ClockWaiter(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void awaitUntil(Instant until) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Duration left = left(until);
      while (!woken && !left.isNegative() && !left.isZero()) {
        if (!condition.await(left.toNanos(), TimeUnit.NANOSECONDS)) {
          break;
        }
        left = left(until);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void wake() {
    lock.lock();
    try {
      woken = true;
      condition.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Duration left(Instant until) {
    Duration left = Duration.between(clock.instant(), until);
    return left.compareTo(LONGEST) < 0 ? left : LONGEST;
  }
}
