package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Signals;
import rollout.testing.FakeSignals;

/** An identical question of several rollouts is put once, and nothing bad is kept of it. */
@Timeout(60)
class SharedSignalsTest {
  private static final SignalQuery QUERY = new SignalQuery.Promql("prometheus", "errors", "");
  private static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:05:00Z"));
  private static final Window LATER = WINDOW.earlier(Duration.ofMinutes(-1));
  private static final Reading SEVEN = new Reading.Value(7);
  private static final Reading DOWN = new Reading.Unavailable("it is down");

  private final ExecutorService rollouts = Executors.newCachedThreadPool();
  private final AtomicLong now = new AtomicLong();
  private final FakeSignals source = new FakeSignals();
  private final Signals shared = new SharedSignals(source, now::get);

  @AfterEach
  void stop() {
    rollouts.shutdownNow();
  }

  @Test
  void theSecondToAskIsToldWhatTheFirstHeard() {
    source.answer(QUERY, SEVEN);

    assertEquals(SEVEN, shared.read(QUERY, WINDOW));
    assertEquals(SEVEN, shared.read(QUERY, WINDOW));
    assertEquals(1, source.asked().size());
  }

  @Test
  void anotherWindowOrAnotherQueryIsAnotherQuestion() {
    source.answer(QUERY, SEVEN);

    shared.read(QUERY, WINDOW);
    shared.read(QUERY, LATER);
    shared.read(new SignalQuery.Promql("prometheus", "requests", ""), WINDOW);

    assertEquals(3, source.asked().size());
  }

  @Test
  void onlyWhatIsMissingIsAsked() {
    source.answer(QUERY, SEVEN);

    shared.read(QUERY, WINDOW);
    assertEquals(List.of(SEVEN, SEVEN), shared.readAll(QUERY, List.of(WINDOW, LATER)));

    assertEquals(
        List.of(WINDOW, LATER), source.asked().stream().map(FakeSignals.Asked::window).toList());
  }

  @Test
  void noSeriesIsAnAnswerToo() {
    shared.read(QUERY, WINDOW);
    assertInstanceOf(Reading.NoData.class, shared.read(QUERY, WINDOW));
    assertEquals(1, source.asked().size());
  }

  @Test
  void aFailureIsNotKept() {
    source.answer(QUERY, DOWN);
    assertEquals(DOWN, shared.read(QUERY, WINDOW));
    source.answer(QUERY, new Reading.Partial("half"));
    assertInstanceOf(Reading.Partial.class, shared.read(QUERY, WINDOW));
    source.answer(QUERY, SEVEN);
    assertEquals(SEVEN, shared.read(QUERY, WINDOW));
  }

  @Test
  void anAnswerIsForgottenSoon() {
    source.answer(QUERY, SEVEN);
    shared.read(QUERY, WINDOW);

    now.addAndGet(Duration.ofSeconds(16).toNanos());
    shared.read(QUERY, WINDOW);

    assertEquals(2, source.asked().size());
  }

  @Test
  void noMoreThanAThousandAreKept() {
    source.answer(QUERY, SEVEN);
    shared.read(QUERY, WINDOW);
    for (int i = 1; i <= 1_001; i++) {
      shared.read(QUERY, WINDOW.earlier(Duration.ofMinutes(i)));
    }

    shared.read(QUERY, WINDOW);

    assertEquals(1_003, source.asked().size());
  }

  @Test
  void whoAsksMeanwhileWaitsForTheSameAnswer() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    source.when(
        QUERY::equals,
        window -> {
          asked.countDown();
          await(answering);
          return SEVEN;
        });
    List<Future<Reading>> both = new ArrayList<>();
    both.add(rollouts.submit(() -> shared.read(QUERY, WINDOW)));
    asked.await();
    both.add(rollouts.submit(() -> shared.read(QUERY, WINDOW)));

    answering.countDown();

    assertEquals(SEVEN, both.get(0).get());
    assertEquals(SEVEN, both.get(1).get());
    assertEquals(1, source.asked().size());
  }

  @Test
  void whoWaitsForOneThatGaveUpAsksForItself() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Signals hangsOnce =
        new Signals() {
          private boolean hung;

          @Override
          public Reading read(SignalQuery query, Window window) {
            if (hung) {
              return SEVEN;
            }
            hung = true;
            asked.countDown();
            await(new CountDownLatch(1));
            return DOWN;
          }
        };
    Signals both = new SharedSignals(hangsOnce, now::get);
    Callable<Reading> read = () -> both.read(QUERY, WINDOW);
    Future<Reading> first = rollouts.submit(read);
    asked.await();
    Future<Reading> second = rollouts.submit(read);

    first.cancel(true);

    assertEquals(SEVEN, second.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
