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
import rollout.plan.Window;
import rollout.port.Archive;
import rollout.port.PortException;

/** The past as {@code query_range} tells it. */
public final class PrometheusArchive implements Archive {
  /** Fewer points than this are not too much for any server: it is the query that fails. */
  private static final int FEW = 500;

  /** Answers that asking for less does not change. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 401, 403, 404, 405);

  private final QueryApi api;
  private final CounterGrowth growth;

  /**
   * @param endpoint the server, with the prefix its query API stands under
   */
  public PrometheusArchive(HttpEndpoint endpoint) {
    this.api = new QueryApi(endpoint);
    this.growth = new CounterGrowth(api, this::evaluated);
  }

  @Override
  public boolean holds(SignalQuery query) {
    return query instanceof SignalQuery.Counted
        || query instanceof SignalQuery.Promql promql
            && !PrometheusSignals.dependsOnTheRange(promql.expression());
  }

  @Override
  public int windowsAtOnce() {
    return EvenTimes.MOST;
  }

  /** {@inheritDoc} Where that was too much for the server, it is asked for half as much, twice. */
  @Override
  public List<Reading> past(
      SignalQuery query, Duration length, Instant first, Duration step, int count)
      throws PortException {
    EvenTimes times = new EvenTimes(first, step, count);
    try {
      return query instanceof SignalQuery.Counted counted
          ? counted(counted, length, times)
          : stretch((SignalQuery.Promql) query, times);
    } catch (PortException tooMuch) {
      if (count < FEW || FOR_GOOD.contains(tooMuch.status()) || tooMuch.status() == 200) {
        throw tooMuch;
      }
      int half = count / 2;
      List<Reading> readings = new ArrayList<>(past(query, length, first, step, half));
      Instant rest = first.plus(step.multipliedBy(half));
      readings.addAll(past(query, length, rest, step, count - half));
      return readings;
    }
  }

  /** Growth over a long past is estimated by PromQL: the scrapes of a month are too many. */
  private List<Reading> counted(SignalQuery.Counted counted, Duration length, EvenTimes times)
      throws PortException {
    List<Window> windows =
        times.millis().stream()
            .map(Instant::ofEpochMilli)
            .map(end -> new Window(end.minus(length), end))
            .toList();
    List<Reading> readings = growth.readAll(counted.counters(), windows);
    for (Reading one : readings) {
      if (one instanceof Reading.Unavailable silent) {
        throw new PortException(PortException.Kind.NOT_DONE, 0, silent.reason(), null);
      }
    }
    return readings;
  }

  /** A failure is an answer here, as {@link CounterGrowth} takes it. */
  private List<Reading> evaluated(String expression, List<Window> windows) {
    List<Reading> readings = new ArrayList<>();
    for (EvenTimes times : EvenTimes.of(windows.stream().map(Window::to).toList())) {
      try {
        readings.addAll(stretch(new SignalQuery.Promql("", expression, ""), times));
      } catch (PortException failed) {
        readings.addAll(
            Collections.nCopies(times.count(), new Reading.Unavailable(failed.getMessage())));
      }
    }
    return readings;
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
