package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rollout.core.Effect;
import rollout.core.Input;
import rollout.core.Look;
import rollout.judge.Reading;
import rollout.plan.Question;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Signals;

/** How a round of looks is asked: in as few requests as it takes, and never for minutes. */
@Timeout(60)
class AskingTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final SignalQuery METRIC = new SignalQuery.Promql("prometheus", "errors", "");
  private static final SignalQuery ISSUES =
      new SignalQuery.SentryIssues("sentry", "p", "", SignalQuery.Count.EVENTS);

  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  /** Answers with the minute that the window ends in, many windows at once if it can. */
  private class Minutes implements Signals {
    private final int atOnce;

    Minutes(int atOnce) {
      this.atOnce = atOnce;
    }

    @Override
    public Reading read(SignalQuery query, Window window) {
      return readAll(query, List.of(window)).get(0);
    }

    @Override
    public int windowsAtOnce() {
      return atOnce;
    }

    @Override
    public List<Reading> readAll(SignalQuery query, List<Window> windows) {
      asked.add(query.source() + " " + windows.stream().map(AskingTest::minute).toList());
      return windows.stream().<Reading>map(one -> new Reading.Value(minute(one))).toList();
    }
  }

  /** Answers what ends before this minute, and hangs on all that comes after. */
  private final class HangsFrom extends Minutes {
    private final long minute;

    HangsFrom(long minute) {
      super(1);
      this.minute = minute;
    }

    @Override
    public List<Reading> readAll(SignalQuery query, List<Window> windows) {
      if (minute(windows.get(0)) >= minute) {
        await();
      }
      return super.readAll(query, windows);
    }

    private void await() {
      try {
        never.await();
      } catch (InterruptedException givenUp) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aSourceThatCanIsAskedOnceForAllLooksAndAnotherOnceForEach() throws Exception {
    Asking.Taken taken = take(new Minutes(1), looks(3));

    assertFalse(taken.more());
    assertEquals(
        List.of("prometheus [1, 2, 3]", "sentry [1]", "sentry [2]", "sentry [3]"),
        asked.stream().sorted().toList());
    assertEquals(List.of("1.0 1.0", "2.0 2.0", "3.0 3.0"), values(taken));
  }

  @Test
  void whatASourceCannotTakeAtOnceIsAskedInTurns() throws Exception {
    take(new Minutes(2), looks(5));

    assertEquals(
        List.of("sentry [1, 2]", "sentry [3, 4]", "sentry [5]"),
        asked.stream().filter(one -> one.startsWith("sentry")).sorted().toList());
  }

  @Test
  void aSourceThatFallsSilentEndsTheRoundWithTheLooksBeforeIt() throws Exception {
    Asking.Taken taken = take(new HangsFrom(4), looks(60));

    assertTrue(taken.more());
    assertEquals(List.of("1.0 1.0", "2.0 2.0", "3.0 3.0"), values(taken));
  }

  private Asking.Taken take(Signals sentry, List<Look> looks) throws InterruptedException {
    Map<String, Signals> signals = Map.of("prometheus", new Minutes(11_000), "sentry", sentry);
    Servers servers = new Servers(name -> null, signals::get, name -> null);
    return new Asking(servers, Workers.of(pool)).take(new Effect.Measure("low", looks));
  }

  private static List<String> values(Asking.Taken taken) {
    return taken.looks().stream().map(AskingTest::values).toList();
  }

  private static String values(Input.Answered look) {
    return String.join(
        " ",
        look.measurements().stream()
            .map(one -> (Reading.Value) one.readings().get(Role.VALUE))
            .map(value -> Double.toString(value.value()))
            .toList());
  }

  private static List<Look> looks(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(AskingTest::look).toList();
  }

  private static Look look(int number) {
    Instant end = START.plus(Duration.ofMinutes(number));
    Window window = new Window(end.minus(Duration.ofMinutes(1)), end);
    return new Look(
        number, end, List.of(inquiry("errors", METRIC, window), inquiry("issues", ISSUES, window)));
  }

  private static Look.Inquiry inquiry(String guardrail, SignalQuery query, Window window) {
    return new Look.Inquiry(
        guardrail, "production", window, true, List.of(new Question(Role.VALUE, query, window)));
  }

  private static long minute(Window window) {
    return Duration.between(START, window.to()).toMinutes();
  }
}
