package rollout.adapter.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rollout.adapter.http.HttpFailure;
import rollout.plan.Durations;
import rollout.plan.Window;
import rollout.port.PortException;

/** Fetches what was really scraped of the counters that a selector matches. */
final class RawCounters {
  /** A series that was scraped so long ago is what Prometheus itself calls present. */
  static final Duration LOOK_BACK = Duration.ofMinutes(5);

  /** One that was away for longer was not born when it came back. */
  private static final Duration AWAY = Duration.ofHours(1);

  private static final int MOST_SERIES = 5_000;
  private static final int TOO_MANY_SAMPLES = 422;
  private static final String INSTEAD =
      "; narrow the selector, or let Prometheus estimate: sum(increase(…[{{window}}]))";

  private final QueryApi api;

  RawCounters(QueryApi api) {
    this.api = api;
  }

  /**
   * The counters of a selector.
   *
   * @param series none when nothing matched
   * @param warned what the server warned of, in one line; empty when it did not
   */
  record Scraped(List<CounterSeries> series, String warned) {}

  /** What was scraped in a window and as long before as it takes to know where counters stood. */
  Scraped in(String selector, Window window) throws PortException {
    Duration range = window.length().plus(LOOK_BACK);
    Answer answer = fetched(selector + "[" + Durations.format(range) + "]", window.to());
    Map<JsonNode, List<Sample>> series = new HashMap<>();
    for (JsonNode one : answer.result()) {
      series.put(labels(one), samples(answer, one));
    }
    if (series.values().stream().anyMatch(samples -> isNew(samples, window.from()))) {
      addThoseThatWereAway(selector, window.from(), series);
    }
    return new Scraped(series.values().stream().map(CounterSeries::new).toList(), answer.warned());
  }

  private Answer fetched(String range, Instant time) throws PortException {
    Answer answer = bearable(range, time);
    if (!answer.type().equals("matrix")) {
      throw answer.unusable("the answer is a " + answer.type() + ", not a range of samples");
    }
    if (answer.result().size() > MOST_SERIES) {
      throw answer.unusable(
          answer.result().size()
              + " series are more than the "
              + MOST_SERIES
              + " that are counted one by one"
              + INSTEAD);
    }
    return answer;
  }

  private Answer bearable(String range, Instant time) throws PortException {
    try {
      return api.at(range, time);
    } catch (PortException failed) {
      boolean tooMuch =
          failed.status() == TOO_MANY_SAMPLES
              || failed.getCause() instanceof HttpFailure failure
                  && failure.reason() == HttpFailure.Reason.TOO_LARGE;
      throw tooMuch
          ? new PortException(
              PortException.Kind.REFUSED, failed.status(), failed.getMessage() + INSTEAD, failed)
          : failed;
    }
  }

  private static boolean isNew(List<Sample> samples, Instant from) {
    return !samples.isEmpty() && samples.get(0).at().isAfter(from);
  }

  /** After a pause of the scraping all series would look as if they were born. */
  private void addThoseThatWereAway(
      String selector, Instant from, Map<JsonNode, List<Sample>> series) throws PortException {
    String expression = "last_over_time(" + selector + "[" + Durations.format(AWAY) + "])";
    Answer before = api.at(expression, from);
    for (JsonNode one : before.result()) {
      List<Sample> samples = series.get(labels(one));
      if (samples != null && isNew(samples, from)) {
        samples.add(0, new Sample(from, Samples.number(before, one.path("value"))));
      }
    }
  }

  /** Some functions keep the name of the metric, and some do not. */
  private static JsonNode labels(JsonNode series) {
    return series.path("metric") instanceof ObjectNode labels
        ? labels.deepCopy().without("__name__")
        : series.path("metric");
  }

  private static List<Sample> samples(Answer answer, JsonNode series) throws PortException {
    if (series.has("histograms")) {
      throw answer.unusable(
          "the query gives histograms, not counters; use their _count or _bucket");
    }
    List<Sample> samples = new ArrayList<>();
    for (JsonNode pair : series.path("values")) {
      samples.add(new Sample(Samples.time(answer, pair), Samples.number(answer, pair)));
    }
    return samples;
  }
}
