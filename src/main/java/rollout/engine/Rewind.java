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
import rollout.core.Input;
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
  private record Wanted(KnownPast.Asked asked, Instant first, Duration step, int count) {}

  /** What came of one request: a stretch or a failure. */
  private record Fetched(
      KnownPast.Asked asked,
      Optional<KnownPast.Stretch> stretch,
      Optional<PortException> failure) {}

  /**
   * Fetches what these looks ask and nobody knows yet.
   *
   * @param interval from one look to the next
   * @throws PortException when a source did not answer
   * @throws InterruptedException when this thread is to stop
   */
  void prepare(Effect.Measure measure, Duration interval)
      throws PortException, InterruptedException {
    Map<KnownPast.Asked, Wanted> wanted = new LinkedHashMap<>();
    for (Look look : measure.looks()) {
      for (Look.Inquiry inquiry : look.inquiries()) {
        for (Question question : inquiry.questions()) {
          Instant moment = question.window().to();
          KnownPast.Asked asked = KnownPast.Asked.of(question.query(), question.window());
          if (known.find(asked, moment) == null) {
            wanted.computeIfAbsent(asked, one -> wanted(one, moment, inquiry.full(), interval));
          }
        }
      }
    }
    if (!wanted.isEmpty()) {
      fetch(wanted.values().stream().toList());
    }
  }

  /**
   * What a service was like before a rollout of the past: windows side by side, in one request a
   * query.
   *
   * @throws PortException when a source did not answer
   */
  List<Input.PastAnswer> before(Effect.ReadPast read) throws PortException {
    List<Input.PastAnswer> answers = new ArrayList<>();
    for (Effect.Series series : read.series()) {
      Window first = series.windows().get(0);
      List<Reading> readings =
          archives
              .get(series.query().source())
              .past(
                  series.query(),
                  first.length(),
                  first.to(),
                  first.length(),
                  series.windows().size());
      answers.add(new Input.PastAnswer(series, readings));
    }
    return answers;
  }

  private Wanted wanted(KnownPast.Asked asked, Instant moment, boolean full, Duration interval) {
    long left = Math.max(0, Duration.between(moment, until).toMillis() / interval.toMillis()) + 1;
    int atOnce = archives.get(asked.query().source()).windowsAtOnce();
    int most = full ? atOnce : Math.min(atOnce, twiceTheLast(asked, moment, interval));
    return new Wanted(asked, moment, interval, (int) Math.min(left, most));
  }

  /** Where stages begin again and again it is worth while to look far ahead. */
  private int twiceTheLast(KnownPast.Asked asked, Instant moment, Duration interval) {
    return known
        .lastBefore(asked, moment, interval)
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
      one.stretch().ifPresent(stretch -> known.put(one.asked(), stretch));
    }
  }

  private Fetched fetch(Wanted one) {
    try {
      List<Reading> readings =
          archives
              .get(one.asked().query().source())
              .past(
                  one.asked().query(), one.asked().length(), one.first(), one.step(), one.count());
      KnownPast.Stretch stretch =
          new KnownPast.Stretch(one.first(), one.step(), List.copyOf(readings));
      return new Fetched(one.asked(), Optional.of(stretch), Optional.empty());
    } catch (PortException failure) {
      return new Fetched(one.asked(), Optional.empty(), Optional.of(failure));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when it was not prepared
   */
  @Override
  public Reading read(SignalQuery query, Window window) {
    Reading reading = known.find(KnownPast.Asked.of(query, window), window.to());
    if (reading == null) {
      throw new IllegalStateException(query + " was not prepared for " + window);
    }
    return reading;
  }
}
