package rollout.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rollout.testing.Plans;

@Timeout(20)
class VirtualTimeTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  void standsStillWhileWorkIsDoneAndJumpsOverAWait() throws Exception {
    AtomicLong real = new AtomicLong();
    VirtualTime time = new VirtualTime(START, 1e6, real::get);
    real.addAndGet(50_000_000);
    assertEquals(START, time.instant());
    time.awaitUntil(START.plusSeconds(60));
    assertEquals(START.plusSeconds(60), time.instant());
  }

  @Test
  void neverGoesBack() throws Exception {
    VirtualTime time = new VirtualTime(START, 1e9, System::nanoTime);
    time.awaitUntil(START.plusSeconds(60));
    time.awaitUntil(START);
    assertEquals(START.plusSeconds(60), time.instant());
  }

  @Test
  void keepsThePaceOverManyShortWaits() throws Exception {
    long begin = System.nanoTime();
    VirtualTime time = new VirtualTime(START, 3_600, System::nanoTime);
    for (int minute = 1; minute <= 30; minute++) {
      time.awaitUntil(START.plusSeconds(60L * minute));
    }
    long millis = (System.nanoTime() - begin) / 1_000_000;
    assertTrue(millis >= 495, () -> millis + " ms instead of 500");
  }

  @Test
  void slowWorkShortensTheWaitThatFollows() {
    AtomicLong real = new AtomicLong();
    VirtualTime time = new VirtualTime(START, 1, real::get);
    real.addAndGet(100_000_000);
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> time.awaitUntil(START.plusMillis(100)));
    assertEquals(START.plusMillis(100), time.instant());
  }

  @Test
  void aWakeBeforeTheWaitEndsItAtOnce() throws Exception {
    VirtualTime time = new VirtualTime(START, 1, System::nanoTime);
    time.wake();
    time.awaitUntil(START.plusSeconds(3_600));
    assertEquals(START, time.instant());
  }

  @Test
  void aWakeEndsTheWaitOnTheWay() throws Exception {
    VirtualTime time = new VirtualTime(START, 1, System::nanoTime);
    CountDownLatch returned = new CountDownLatch(1);
    Thread waiting = new Thread(() -> awaitAnHour(time, returned));
    waiting.start();
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    time.wake();
    assertTrue(returned.await(10, TimeUnit.SECONDS));
    assertTrue(time.instant().isBefore(START.plusSeconds(60)));
  }

  @Test
  void refusesToStandStillForEver() {
    assertThrows(IllegalArgumentException.class, () -> new VirtualTime(START, 0, System::nanoTime));
  }

  @Test
  void aWholePlanTakesAboutTwelveSeconds() {
    double speed = Speed.of(Plans.checklist(), Instant.EPOCH, Duration.ofMinutes(10));
    double eightDays = Duration.ofDays(8).plusHours(3).toSeconds();
    assertEquals(12, eightDays / speed, 0.3);
    assertEquals(1, Speed.of(Plans.tiny(), Instant.EPOCH, Duration.ZERO));
  }

  private static void awaitAnHour(VirtualTime time, CountDownLatch returned) {
    try {
      time.awaitUntil(START.plusSeconds(3_600));
      returned.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
