package rollout.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Signals;

/**
 * A source that several rollouts of one process read from: an identical question is put once. Who
 * asks while another is being answered waits for that answer; who asks a moment later is told it. A
 * failure is told to those who waited for it and to nobody else. Safe for several threads.
 */
public final class SharedSignals implements Signals {
  /** Looks that are due together are taken within seconds, or within one slow round. */
  private static final long FRESH_NANOS = Duration.ofSeconds(15).toNanos();

  private static final int MOST = 1_000;

  private final Signals source;
  private final LongSupplier nanoTime;
  private final Map<Question, Answer> answers = new LinkedHashMap<>();

  private record Question(SignalQuery query, Window window) {}

  /** Empty when whoever asked was told to stop: then it proves nothing to others. */
  private record Answer(long askedAt, CompletableFuture<Optional<Reading>> reading) {}

  /**
   * @param nanoTime a stopwatch that never goes back, in nanoseconds
   */
  public SharedSignals(Signals source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  @Override
  public int windowsAtOnce() {
    return source.windowsAtOnce();
  }

  @Override
  public Reading read(SignalQuery query, Window window) {
    return readAll(query, List.of(window)).get(0);
  }

  @Override
  public List<Reading> readAll(SignalQuery query, List<Window> windows) {
    List<Window> unasked = new ArrayList<>();
    List<Answer> wanted = new ArrayList<>();
    synchronized (answers) {
      forgetTheOld();
      for (Window window : windows) {
        wanted.add(
            answers.computeIfAbsent(
                new Question(query, window),
                question -> {
                  unasked.add(window);
                  return new Answer(nanoTime.getAsLong(), new CompletableFuture<>());
                }));
      }
    }
    Map<Window, Reading> own = unasked.isEmpty() ? Map.of() : ask(query, unasked);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      Reading mine = own.get(windows.get(i));
      readings.add(mine == null ? theirs(wanted.get(i), query, windows.get(i)) : mine);
    }
    return readings;
  }

  private void forgetTheOld() {
    long now = nanoTime.getAsLong();
    int tooMany = answers.size() - MOST;
    var oldestFirst = answers.values().iterator();
    while (oldestFirst.hasNext()) {
      Answer answer = oldestFirst.next();
      boolean over = tooMany > 0 || now - answer.askedAt() > FRESH_NANOS;
      if (over && answer.reading().isDone()) {
        oldestFirst.remove();
      }
      tooMany--;
    }
  }

  private Map<Window, Reading> ask(SignalQuery query, List<Window> windows) {
    Map<Window, Reading> readings = new LinkedHashMap<>();
    try {
      List<Reading> answered = source.readAll(query, windows);
      for (int i = 0; i < windows.size(); i++) {
        readings.put(windows.get(i), answered.get(i));
      }
      return readings;
    } finally {
      windows.forEach(
          window -> settle(new Question(query, window), Optional.ofNullable(readings.get(window))));
    }
  }

  /** Tells those who wait, and keeps what may be told to those who come. */
  private void settle(Question question, Optional<Reading> reading) {
    boolean failed =
        reading.isEmpty()
            || reading.get() instanceof Reading.Unavailable
            || reading.get() instanceof Reading.Partial;
    boolean gaveUp = failed && Thread.currentThread().isInterrupted();
    synchronized (answers) {
      Answer answer = failed ? answers.remove(question) : answers.get(question);
      answer.reading().complete(gaveUp ? Optional.empty() : reading);
    }
  }

  private Reading theirs(Answer answer, SignalQuery query, Window window) {
    try {
      Optional<Reading> reading = answer.reading().get();
      return reading.isPresent() ? reading.get() : source.read(query, window);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Reading.Unavailable(
          "the source " + query.source() + " was not waited for: this program is stopping");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
