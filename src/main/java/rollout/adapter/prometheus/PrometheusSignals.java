package rollout.adapter.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  /** Prometheus answers 400 to more. */
  private static final long MOST_POINTS = 11_000;

  private final QueryApi api;

  /**
   * @param endpoint the server, with the prefix its query API stands under
   */
  public PrometheusSignals(HttpEndpoint endpoint) {
    this.api = new QueryApi(endpoint);
  }

  /**
   * {@inheritDoc}
   *
   * @return Value, or Series where the query splits by a label; NoData for an empty vector; Partial
   *     when the server warned; Unavailable for the rest, several series among it
   */
  @Override
  public Reading read(SignalQuery query, Window window) {
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
    if (points > MOST_POINTS) {
      throw new IllegalArgumentException(
          points + " points are more than the " + MOST_POINTS + " that Prometheus gives at once");
    }
    Answer answer = api.over(expression, start, end, step);
    if (!answer.warnings().isEmpty()) {
      throw answer.unusable("it warned: " + answer.warned());
    }
    return Samples.of(answer);
  }
}
