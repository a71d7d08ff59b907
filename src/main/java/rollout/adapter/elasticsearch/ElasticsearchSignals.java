package rollout.adapter.elasticsearch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import rollout.adapter.http.HttpEndpoint;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;
import rollout.port.Signals;

/** Counts entries of logs, and tells those of requests that saw a flag from the others. */
public final class ElasticsearchSignals implements Signals {
  /** Far below the number of buckets that a server makes in one answer. */
  private static final int AT_ONCE = 500;

  private final SearchApi api;
  private final SearchBody bodies;

  /**
   * @param endpoint the server
   * @param timeField the field that holds an entry's time
   */
  public ElasticsearchSignals(HttpEndpoint endpoint, String timeField) {
    this.api = new SearchApi(endpoint);
    this.bodies = new SearchBody(timeField);
  }

  /**
   * {@inheritDoc}
   *
   * @return Value, or Split where arms are asked for; NoData for zero that stands alone while the
   *     index has no entry at all in the window; Partial when shards, clusters or time were
   *     missing; Unavailable for the rest, a name that no index has among it
   */
  @Override
  public Reading read(SignalQuery query, Window window) {
    return readAll(query, List.of(window)).get(0);
  }

  @Override
  public int windowsAtOnce() {
    return AT_ONCE;
  }

  /** {@inheritDoc} One request, however many windows. */
  @Override
  public List<Reading> readAll(SignalQuery query, List<Window> windows) {
    try {
      return answered(query, windows);
    } catch (PortException failed) {
      return Collections.nCopies(windows.size(), new Reading.Unavailable(failed.getMessage()));
    }
  }

  private List<Reading> answered(SignalQuery query, List<Window> windows) throws PortException {
    if (query instanceof SignalQuery.LogSplit split) {
      return split(split, windows);
    } else if (query instanceof SignalQuery.LogCount count) {
      return count(count, windows);
    }
    return Collections.nCopies(
        windows.size(),
        new Reading.Unavailable(
            "the source " + query.source() + " is an Elasticsearch and was asked something else"));
  }

  private List<Reading> split(SignalQuery.LogSplit query, List<Window> windows)
      throws PortException {
    Answer answer = api.search(query.index(), bodies.split(query, windows));
    SearchCounts counts = new SearchCounts(answer, windows.size());
    return each(answer, windows, counts::split);
  }

  private List<Reading> count(SignalQuery.LogCount query, List<Window> windows)
      throws PortException {
    Answer answer = api.search(query.index(), bodies.count(query.search(), windows));
    SearchCounts counts = new SearchCounts(answer, windows.size());
    return each(
        answer,
        windows,
        number -> {
          Reading count = counts.count(number);
          boolean doubtful = query.alone() && count.equals(new Reading.Value(0));
          return doubtful && isSilent(query.index(), windows.get(number))
              ? new Reading.NoData("the log has no entry at all in this window")
              : count;
        });
  }

  private boolean isSilent(String index, Window window) throws PortException {
    Reading any = new SearchCounts(api.search(index, bodies.any(window)), 1).count(0);
    return any.equals(new Reading.Value(0));
  }

  private interface Read {
    Reading window(int number) throws PortException;
  }

  private static List<Reading> each(Answer answer, List<Window> windows, Read read)
      throws PortException {
    Optional<String> missing = answer.missing();
    if (missing.isPresent()) {
      return Collections.nCopies(windows.size(), new Reading.Partial(missing.get()));
    }
    List<Reading> readings = new ArrayList<>();
    for (int number = 0; number < windows.size(); number++) {
      readings.add(read.window(number));
    }
    return readings;
  }
}
