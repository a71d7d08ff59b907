package rollout.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Signals;
import rollout.port.SignalsContractTest;

class FakeSignalsTest extends SignalsContractTest {
  private final FakeSignals fake = new FakeSignals();

  @Override
  protected Signals signals() {
    return fake;
  }

  @Override
  protected void has(SignalQuery.Promql query, Window window, double value) {
    fake.answer(query, window, new Reading.Value(value));
  }

  @Override
  protected void has(SignalQuery.Promql query, Window window, Map<String, Double> values) {
    fake.answer(query, window, new Reading.Series(values));
  }

  @Override
  protected void hasNothing(SignalQuery.Promql query, Window window) {
    fake.answer(query, window, new Reading.NoData("the query matched no series"));
  }

  @Override
  protected void hasTwoSeries(SignalQuery.Promql query, Window window) {
    fake.answer(query, window, new Reading.Unavailable("There are two series."));
  }

  @Override
  protected void breaksDown() {
    fake.when(query -> true, window -> new Reading.Unavailable("It is down."));
  }

  @Test
  void remembersWhatWasAskedAndAnswersByAWordOfTheQuery() {
    fake.answer("requests_total", new Reading.Value(7));

    assertEquals(new Reading.Value(7), fake.read(QUERY, WINDOW));
    assertEquals(new Reading.NoData("the query matched no series"), fake.read(SPLIT, WINDOW));
    assertEquals(
        List.of(new FakeSignals.Asked(QUERY, WINDOW), new FakeSignals.Asked(SPLIT, WINDOW)),
        fake.asked());
  }
}
