package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts that help each other out, on real threads: what hangs, hangs until it is let go. */
@Timeout(60)
class RaceTest {
  private static final Workers.Hedge AT_ONCE = new Workers.Hedge(Duration.ofMillis(1), 3);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Workers workers = Workers.of(threads);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void letGo() {
    hanging.countDown();
    threads.shutdownNow();
  }

  private Callable<String> inTurn(List<Callable<String>> attempts) {
    return () -> attempts.get(begun.getAndIncrement()).call();
  }

  private String hang() throws InterruptedException {
    hanging.await();
    return "too late";
  }

  private static String fail(String why) throws IOException {
    throw new IOException(why);
  }

  @Test
  void aFastAnswerNeedsNoHelp() throws Exception {
    Workers.Hedge patient = new Workers.Hedge(Duration.ofHours(1), 3);
    assertEquals(
        Optional.of("off"), workers.first(inTurn(List.of(() -> "off")), patient, () -> false));
    assertEquals(1, begun.get());
  }

  @Test
  void anotherHelpsTheOneThatHangs() throws Exception {
    Callable<String> attempts = inTurn(List.of(this::hang, () -> "off"));
    assertEquals(Optional.of("off"), workers.first(attempts, AT_ONCE, () -> false));
  }

  @Test
  void aFailureBesideOneThatHangsIsNotTheEnd() throws Exception {
    Callable<String> attempts = inTurn(List.of(this::hang, () -> fail("503"), () -> "off"));
    assertEquals(Optional.of("off"), workers.first(attempts, AT_ONCE, () -> false));
  }

  @Test
  void aFailureAloneIsSaidAtOnce() {
    Workers.Hedge patient = new Workers.Hedge(Duration.ofHours(1), 3);
    Callable<String> attempts = inTurn(List.of(() -> fail("503")));
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> workers.first(attempts, patient, () -> false));
    assertEquals("503", failure.getCause().getMessage());
  }

  @Test
  void thereIsAnEndToHelping() throws Exception {
    AtomicInteger glances = new AtomicInteger();
    Callable<String> attempts = inTurn(List.of(this::hang, this::hang, this::hang));
    assertEquals(
        Optional.empty(),
        workers.first(attempts, AT_ONCE, () -> begun.get() == 3 && glances.incrementAndGet() > 5));
    assertEquals(3, begun.get());
  }

  @Test
  void whoWantsNoAnswerGetsNone() throws Exception {
    assertEquals(Optional.empty(), workers.first(inTurn(List.of(this::hang)), AT_ONCE, () -> true));
  }

  @Test
  void manyMayHangWithoutKeepingAnybodyWaiting() throws Exception {
    Workers narrow = Workers.of(Executors.newFixedThreadPool(1), threads);
    Callable<String> attempts = inTurn(List.of(this::hang, this::hang, () -> "off"));
    assertEquals(Optional.of("off"), narrow.first(attempts, AT_ONCE, () -> false));
  }

  @Test
  void inTheCallersThreadThereIsOneAttempt() throws Exception {
    Callable<String> attempts = inTurn(List.of(() -> Thread.currentThread().getName()));
    assertEquals(
        Optional.of(Thread.currentThread().getName()),
        Workers.INLINE.first(attempts, AT_ONCE, () -> false));
  }
}
