package rollout.adapter.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import rollout.adapter.http.HttpEndpoint;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;
import rollout.port.Signals;

/**
 * Reads numbers by PromQL. The expression already holds the window's length; the window's end goes
 * with it as {@code time}, so that every query of a look means the same moment and a look can be
 * made up later.
 */
public final class PrometheusSignals implements Signals {
  /** These mean another moment in a range than in an instant query. */
  private static final Pattern OF_THE_RANGE = Pattern.compile("\\b(start|end|range|step)\\s*\\(");

  private static final int TOO_MANY_REQUESTS = 429;

  private final QueryApi api;
  private final CounterGrowth growth;

  /**
   * @param endpoint the server, with the prefix its query API stands under
   */
  public PrometheusSignals(HttpEndpoint endpoint) {
    this.api = new QueryApi(endpoint);
    this.growth = new CounterGrowth(api, this::evaluated);
  }

  /**
   * {@inheritDoc}
   *
   * @return Value, or Series where the query splits by a label; NoData when nothing matched;
   *     Partial when the server warned; Unavailable for the rest, several series among it
   */
  @Override
  public Reading read(SignalQuery query, Window window) {
    if (query instanceof SignalQuery.Counted counted) {
      return growth.readAll(counted.counters(), List.of(window)).get(0);
    }
    if (!(query instanceof SignalQuery.Promql promql)) {
      return new Reading.Unavailable(
          "the source " + query.source() + " is a Prometheus and was asked something else");
    }
    try {
      return InstantAnswer.read(api.at(promql.expression(), window.to()), promql.splitBy());
    } catch (PortException failed) {
      return new Reading.Unavailable(failed.getMessage());
    }
  }

  @Override
  public int windowsAtOnce() {
    return EvenTimes.MOST;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Windows whose ends lie evenly become one {@code query_range}. What that cannot answer as
   * instant queries would, it does not answer: a server that refused the range, warned, or moved
   * its steps is asked window by window. One that did not answer at all is not asked again.
   */
  @Override
  public List<Reading> readAll(SignalQuery query, List<Window> windows) {
    if (query instanceof SignalQuery.Counted counted) {
      return growth.readAll(counted.counters(), windows);
    }
    if (!(query instanceof SignalQuery.Promql promql) || dependsOnTheRange(promql.expression())) {
      return Signals.super.readAll(query, windows);
    }
    List<Reading> readings = new ArrayList<>();
    for (EvenTimes times : EvenTimes.of(windows.stream().map(Window::to).toList())) {
      int from = readings.size();
      List<Window> stretch = windows.subList(from, from + times.count());
      readings.addAll(
          stretch(promql, times).orElseGet(() -> Signals.super.readAll(query, stretch)));
    }
    return readings;
  }

  /** Whether an expression means something else in a range than in an instant query. */
  static boolean dependsOnTheRange(String expression) {
    return OF_THE_RANGE.matcher(expression).find();
  }

  private List<Reading> evaluated(String expression, List<Window> windows) {
    return readAll(new SignalQuery.Promql("", expression, ""), windows);
  }

  /** The readings at these moments by one request; empty when it takes one for each. */
  private Optional<List<Reading>> stretch(SignalQuery.Promql promql, EvenTimes times) {
    if (times.count() == 1) {
      return Optional.empty();
    }
    try {
      return over(promql.expression(), times)
          .map(answers -> answers.stream().map(one -> reading(one, promql.splitBy())).toList());
    } catch (PortException failed) {
      boolean answered = failed.status() != 0 && failed.status() != TOO_MANY_REQUESTS;
      return answered
          ? Optional.empty()
          : Optional.of(
              Collections.nCopies(times.count(), new Reading.Unavailable(failed.getMessage())));
    }
  }

  private Optional<List<Answer>> over(String expression, EvenTimes times) throws PortException {
    Answer answer = api.over(expression, times.start(), times.end(), times.step());
    boolean certain = answer.warnings().isEmpty() && (!answer.isEmpty() || keeps(times));
    return certain ? RangeAnswer.instants(answer, times) : Optional.empty();
  }

  /** Nothing at all does not show at which moments the server looked; a constant does. */
  private boolean keeps(EvenTimes times) throws PortException {
    Answer constant = api.over("vector(1)", times.start(), times.end(), times.step());
    return RangeAnswer.instants(constant, times)
        .filter(answers -> answers.stream().noneMatch(Answer::isEmpty))
        .isPresent();
  }

  private static Reading reading(Answer answer, String splitBy) {
    try {
      return InstantAnswer.read(answer, splitBy);
    } catch (PortException failed) {
      return new Reading.Unavailable(failed.getMessage());
    }
  }

  /**
   * Reads the past of one series.
   *
   * @param start of the first point
   * @param end of the last point, if a step falls on it
   * @param step between points, at least a millisecond; at most 11 000 points in all
   * @return oldest first, steps without a value left out; none when nothing matched
   * @throws PortException when the server did not answer, refused, warned, or has several series
   */
  public List<Sample> range(String expression, Instant start, Instant end, Duration step)
      throws PortException {
    long points = Duration.between(start, end).toMillis() / step.toMillis() + 1;
    if (points > EvenTimes.MOST) {
      throw new IllegalArgumentException(
          points
              + " points are more than the "
              + EvenTimes.MOST
              + " that Prometheus gives at once");
    }
    Answer answer = api.over(expression, start, end, step);
    if (!answer.warnings().isEmpty()) {
      throw answer.unusable("it warned: " + answer.warned());
    }
    return Samples.of(answer);
  }
}
