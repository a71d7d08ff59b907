package rollout.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import rollout.port.Waiter;

/**
 * A clock that stands still while work is done and jumps over every wait. It keeps a pace, so that
 * people can watch: a wait takes its length divided by the speed, less what work has already taken.
 *
 * <p>Safe for several threads; time never goes back.
 */
public final class VirtualTime implements InstantSource, Waiter {
  /** Shorter waits are saved up: a thread cannot be sure to wake from them in time. */
  private static final long SHORTEST_NANOS = 1_000_000;

  /** How much of a delay by slow work is caught up with; the rest is given up. */
  private static final double MOST_BEHIND_NANOS = 200e6;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final LongSupplier nanoTime;
  private final double speed;
  private Instant now;
  private boolean isWoken;

  /** Of the real time at which {@code now} was due; what later waits are paced from. */
  private double dueNanos;

  /**
   * @param start the first moment
   * @param speed virtual seconds per real second, above 0
   * @param nanoTime real time in nanoseconds from any moment on
   * @throws IllegalArgumentException for a speed of 0 or below
   */
  public VirtualTime(Instant start, double speed, LongSupplier nanoTime) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException(
          "time cannot run at a speed of " + speed + "; use 1 or more");
    }
    this.now = start;
    this.speed = speed;
    this.nanoTime = nanoTime;
    this.dueNanos = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  /** Returns at {@code until} exactly; woken earlier, at the moment the pace has come to. */
  @Override
  public void awaitUntil(Instant until) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      catchUp();
      while (!isWoken && now.isBefore(until)) {
        pause(until);
      }
      isWoken = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void wake() {
    lock.lock();
    try {
      isWoken = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void catchUp() {
    dueNanos = Math.max(dueNanos, nanoTime.getAsLong() - MOST_BEHIND_NANOS);
  }

  private void pause(Instant until) throws InterruptedException {
    double left = dueNanos + realNanos(until) - nanoTime.getAsLong();
    if (left >= SHORTEST_NANOS) {
      woken.await((long) left, TimeUnit.NANOSECONDS);
      left = dueNanos + realNanos(until) - nanoTime.getAsLong();
    }
    if (isWoken) {
      jump(until, Math.max(0, left));
    } else if (left < SHORTEST_NANOS) {
      jump(until, 0);
    }
  }

  /** To the moment that lies so much real time before {@code until}; never back. */
  private void jump(Instant until, double nanosBefore) {
    Instant then = until.minusNanos((long) (nanosBefore * speed));
    if (then.isAfter(now)) {
      dueNanos += realNanos(then);
      now = then;
    }
  }

  private double realNanos(Instant then) {
    Duration virtual = Duration.between(now, then);
    return (virtual.getSeconds() * 1e9 + virtual.getNano()) / speed;
  }
}
