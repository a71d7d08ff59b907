package rollout.adapter.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import rollout.adapter.http.HttpEndpoint;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.port.Archive;
import rollout.port.PortException;

/** The past as {@code query_range} tells it. */
public final class PrometheusArchive implements Archive {
  /** Fewer points than this are not too much for any server: it is the query that fails. */
  private static final int FEW = 500;

  /** Answers that asking for less does not change. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 401, 403, 404, 405);

  private final QueryApi api;

  /**
   * @param endpoint the server, with the prefix its query API stands under
   */
  public PrometheusArchive(HttpEndpoint endpoint) {
    this.api = new QueryApi(endpoint);
  }

  @Override
  public boolean holds(SignalQuery query) {
    return query instanceof SignalQuery.Promql promql
        && !PrometheusSignals.dependsOnTheRange(promql.expression());
  }

  @Override
  public int windowsAtOnce() {
    return EvenTimes.MOST;
  }

  /** {@inheritDoc} Where that was too much for the server, it is asked for half as much, twice. */
  @Override
  public List<Reading> past(SignalQuery query, Instant first, Duration step, int count)
      throws PortException {
    SignalQuery.Promql promql = (SignalQuery.Promql) query;
    try {
      return stretch(promql, new EvenTimes(first, step, count));
    } catch (PortException tooMuch) {
      if (count < FEW || FOR_GOOD.contains(tooMuch.status()) || tooMuch.status() == 200) {
        throw tooMuch;
      }
      int half = count / 2;
      List<Reading> readings = new ArrayList<>(past(query, first, step, half));
      Instant rest = first.plus(step.multipliedBy(half));
      readings.addAll(past(query, rest, step, count - half));
      return readings;
    }
  }

  private List<Reading> stretch(SignalQuery.Promql promql, EvenTimes times) throws PortException {
    String expression = promql.expression();
    Answer answer = api.over(expression, times.start(), times.end(), times.step());
    if (!answer.warnings().isEmpty()) {
      Reading partial = new Reading.Partial("Prometheus warned: " + answer.warned());
      return Collections.nCopies(times.count(), partial);
    }
    List<Answer> instants =
        RangeAnswer.instants(answer, times)
            .orElseThrow(
                () ->
                    answer.unusable(
                        "it answered for other moments than those that were asked for; switch the"
                            + " alignment of queries with their step off for this source"));
    List<Reading> readings = new ArrayList<>();
    for (Answer one : instants) {
      readings.add(InstantAnswer.read(one, promql.splitBy()));
    }
    return readings;
  }
}
