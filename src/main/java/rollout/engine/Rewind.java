package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import rollout.core.Effect;
import rollout.core.Look;
import rollout.judge.Reading;
import rollout.plan.Question;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Archive;
import rollout.port.PortException;
import rollout.port.Signals;

/**
 * The sources' past: what one look asks for is fetched together with what the looks after it will
 * ask for, several queries side by side, an identical one once. What was fetched is kept, so that
 * the same past can be judged again under other limits without a request.
 */
final class Rewind implements Signals {
  /** A shortened window is asked for at the beginning of a stage only. */
  private static final int FEW = 64;

  private final Map<String, Archive> archives;
  private final Workers workers;
  private final Instant until;
  private final KnownPast known = new KnownPast();

  /**
   * @param archives by the names of their sources
   * @param until where the past ends: nothing later is asked for
   */
  Rewind(Map<String, Archive> archives, Workers workers, Instant until) {
    this.archives = archives;
    this.workers = workers;
    this.until = until;
  }

  /** One request. */
  private record Wanted(SignalQuery query, Instant first, Duration step, int count) {}

  /** What came of one request: a stretch or a failure. */
  private record Fetched(
      SignalQuery query, Optional<KnownPast.Stretch> stretch, Optional<PortException> failure) {}

  /**
   * Fetches what these looks ask and nobody knows yet.
   *
   * @param interval from one look to the next
   * @throws PortException when a source did not answer
   * @throws InterruptedException when this thread is to stop
   */
  void prepare(Effect.Measure measure, Duration interval)
      throws PortException, InterruptedException {
    Map<SignalQuery, Wanted> wanted = new LinkedHashMap<>();
    for (Look look : measure.looks()) {
      for (Look.Inquiry inquiry : look.inquiries()) {
        for (Question question : inquiry.questions()) {
          Instant moment = question.window().to();
          if (known.find(question.query(), moment) == null) {
            wanted.computeIfAbsent(
                question.query(), query -> wanted(query, moment, inquiry.full(), interval));
          }
        }
      }
    }
    if (!wanted.isEmpty()) {
      fetch(wanted.values().stream().toList());
    }
  }

  private Wanted wanted(SignalQuery query, Instant moment, boolean full, Duration interval) {
    long left = Math.max(0, Duration.between(moment, until).toMillis() / interval.toMillis()) + 1;
    int atOnce = archives.get(query.source()).windowsAtOnce();
    int most = full ? atOnce : Math.min(atOnce, twiceTheLast(query, moment, interval));
    return new Wanted(query, moment, interval, (int) Math.min(left, most));
  }

  /** Where stages begin again and again it is worth while to look far ahead. */
  private int twiceTheLast(SignalQuery query, Instant moment, Duration interval) {
    return known
        .lastBefore(query, moment, interval)
        .filter(
            last -> !moment.isAfter(last.end().plus(Duration.between(last.first(), last.end()))))
        .map(last -> 2 * last.readings().size())
        .orElse(FEW);
  }

  private void fetch(List<Wanted> all) throws PortException, InterruptedException {
    List<Callable<Fetched>> calls = new ArrayList<>();
    all.forEach(one -> calls.add(() -> fetch(one)));
    for (Fetched one : workers.all(calls)) {
      if (one.failure().isPresent()) {
        throw one.failure().get();
      }
      one.stretch().ifPresent(stretch -> known.put(one.query(), stretch));
    }
  }

  private Fetched fetch(Wanted one) {
    try {
      List<Reading> readings =
          archives
              .get(one.query().source())
              .past(one.query(), one.first(), one.step(), one.count());
      KnownPast.Stretch stretch =
          new KnownPast.Stretch(one.first(), one.step(), List.copyOf(readings));
      return new Fetched(one.query(), Optional.of(stretch), Optional.empty());
    } catch (PortException failure) {
      return new Fetched(one.query(), Optional.empty(), Optional.of(failure));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when it was not prepared
   */
  @Override
  public Reading read(SignalQuery query, Window window) {
    Reading reading = known.find(query, window.to());
    if (reading == null) {
      throw new IllegalStateException(query + " was not prepared for " + window);
    }
    return reading;
  }
}
