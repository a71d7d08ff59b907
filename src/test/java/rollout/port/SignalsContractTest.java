package rollout.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** What everything that reads PromQL through {@link Signals} must do. One subclass for each. */
public abstract class SignalsContractTest {
  /** The window that is asked for. */
  protected static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:05:00Z"));

  /** A question; what comes back is what the methods below arrange. */
  protected static final SignalQuery.Promql QUERY =
      new SignalQuery.Promql("prometheus", "sum(increase(requests_total[5m]))", "");

  /** A question with one answer for each value of a label. */
  protected static final SignalQuery.Promql SPLIT =
      new SignalQuery.Promql("prometheus", "sum by (enabled) (increase(c[5m]))", "enabled");

  /** What is held to the contract. */
  protected abstract Signals signals();

  /** Arranges that the source has this number for this query in this window. */
  protected abstract void has(SignalQuery.Promql query, Window window, double value);

  /** Arranges that it has one number for each value of the label that the query splits by. */
  protected abstract void has(SignalQuery.Promql query, Window window, Map<String, Double> values);

  /** Arranges that it has nothing for this query. */
  protected abstract void hasNothing(SignalQuery.Promql query, Window window);

  /** Arranges that it has two series where one number is wanted. */
  protected abstract void hasTwoSeries(SignalQuery.Promql query, Window window);

  /** Arranges that the source does not work, until the next call of another method. */
  protected abstract void breaksDown();

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        31,
        0.000015,
        -4,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void aNumberIsReadAsItIs(double value) {
    has(QUERY, WINDOW, value);

    assertEquals(new Reading.Value(value), signals().read(QUERY, WINDOW));
  }

  @Test
  void nothingIsNoData() {
    hasNothing(QUERY, WINDOW);

    assertEquals(new Reading.NoData("the query matched no series"), signals().read(QUERY, WINDOW));
  }

  @Test
  void twoSeriesAreNoNumber() {
    hasTwoSeries(QUERY, WINDOW);

    assertInstanceOf(Reading.Unavailable.class, signals().read(QUERY, WINDOW));
  }

  @Test
  void seriesAreToldApartByTheLabelThatWasAskedFor() {
    Map<String, Double> values = Map.of("true", 5.0, "false", 95.0);
    has(SPLIT, WINDOW, values);

    assertEquals(new Reading.Series(values), signals().read(SPLIT, WINDOW));
  }

  @Test
  void oneSeriesIsStillASeriesWhenItWasAskedFor() {
    has(SPLIT, WINDOW, Map.of("false", 95.0));

    assertEquals(new Reading.Series(Map.of("false", 95.0)), signals().read(SPLIT, WINDOW));
  }

  @Test
  void nothingToSplitIsNoData() {
    hasNothing(SPLIT, WINDOW);

    assertInstanceOf(Reading.NoData.class, signals().read(SPLIT, WINDOW));
  }

  @Test
  void aBrokenSourceIsAReadingAndPasses() {
    has(QUERY, WINDOW, 31);
    breaksDown();

    Reading.Unavailable broken =
        assertInstanceOf(Reading.Unavailable.class, signals().read(QUERY, WINDOW));
    assertFalse(broken.reason().isBlank());

    has(QUERY, WINDOW, 31);
    assertEquals(new Reading.Value(31), signals().read(QUERY, WINDOW));
  }

  @Test
  void aPastWindowIsAnsweredAsItWas() {
    Window before = WINDOW.earlier(Duration.ofMinutes(1));
    has(QUERY, before, 7);
    has(QUERY, WINDOW, 31);

    assertEquals(new Reading.Value(31), signals().read(QUERY, WINDOW));
    assertEquals(new Reading.Value(7), signals().read(QUERY, before));
  }
}
