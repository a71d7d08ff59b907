package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** How many requests it takes to make up looks, and what a range query cannot be trusted with. */
class PrometheusRangeTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final SignalQuery.Promql QUERY =
      new SignalQuery.Promql("prometheus", "sum(increase(c[1m]))", "");
  private static final List<Window> LOOKS = looks(Duration.ofMinutes(1), 5);
  private static final String MATRIX =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}";
  private static final Reading NOTHING = new Reading.NoData("the query matched no series");

  private final FakePrometheus server = new FakePrometheus();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void evenLooksAreOneRequestWithAbsoluteTimes() {
    server.rangeSays(QUERY.expression(), matrix(START, Duration.ofMinutes(1), "1", "2", "NaN"));

    assertEquals(
        List.of(new Reading.Value(1), new Reading.Value(2), new Reading.Value(Double.NaN)),
        signals().readAll(QUERY, looks(Duration.ofMinutes(1), 3)));

    assertEquals(1, server.asked().size());
    FakePrometheus.Asked asked = server.asked().get(0);
    assertEquals("POST", asked.method());
    assertEquals("/prometheus/api/v1/query_range", asked.path());
    assertEquals("1795341600.000", asked.form().get("start"));
    assertEquals("1795341720.000", asked.form().get("end"));
    assertEquals("60.000", asked.form().get("step"));
  }

  @Test
  void aStepWithoutAPointIsNoDataForThatLookAlone() {
    server.rangeSays(
        QUERY.expression(),
        MATRIX.formatted("{\"metric\":{},\"values\":[[1795341600,\"7\"],[1795341720,\"9\"]]}"));

    assertEquals(
        List.of(new Reading.Value(7), NOTHING, new Reading.Value(9)),
        signals().readAll(QUERY, looks(Duration.ofMinutes(1), 3)));
  }

  @Test
  void twoSeriesAtOneStepAreAnErrorThere() {
    server.rangeSays(
        QUERY.expression(),
        MATRIX.formatted(
            "{\"metric\":{\"a\":\"1\"},\"values\":[[1795341600,\"7\"],[1795341660,\"9\"]]},"
                + "{\"metric\":{\"a\":\"2\"},\"values\":[[1795341660,\"8\"]]}"));

    List<Reading> readings = signals().readAll(QUERY, looks(Duration.ofMinutes(1), 2));

    assertEquals(new Reading.Value(7), readings.get(0));
    Reading.Unavailable two = assertInstanceOf(Reading.Unavailable.class, readings.get(1));
    assertTrue(two.reason().contains("2 series"), two.reason());
  }

  @Test
  void aServerThatMovesTheStepsIsAskedWindowByWindow() {
    server.rangeSays(
        QUERY.expression(), matrix(START.minusSeconds(20), Duration.ofMinutes(1), "1", "2"));
    LOOKS.forEach(look -> says(look, 42));

    assertEquals(all(42), signals().readAll(QUERY, LOOKS));
  }

  @Test
  void anEmptyRangeCountsOnlyFromAServerThatKeepsTheSteps() {
    LOOKS.forEach(look -> says(look, 42));
    server.rangeSays(QUERY.expression(), MATRIX.formatted(""));
    server.rangeSays(
        "vector(1)", matrix(START.minusSeconds(20), Duration.ofMinutes(1), "1", "1", "1"));
    assertEquals(all(42), signals().readAll(QUERY, LOOKS), "it moved the steps");

    server.rangeSays("vector(1)", matrix(START, Duration.ofMinutes(1), "1", "1", "1", "1", "1"));
    assertEquals(
        LOOKS.stream().map(look -> NOTHING).toList(), signals().readAll(QUERY, LOOKS), "it kept");
  }

  @Test
  void aRangeWithWarningsIsPartialWhereTheInstantIs() {
    server.rangeSays(
        QUERY.expression(),
        matrix(START, Duration.ofMinutes(1), "1", "1", "1", "1", "1")
            .replaceFirst("}$", ",\"warnings\":[\"half\"]}"));
    LOOKS.forEach(look -> says(look, 42));
    String half =
        FakePrometheus.vector(FakePrometheus.item("{}", "1"))
            .replaceFirst("}$", ",\"warnings\":[\"half\"]}");
    server.says(QUERY.expression(), LOOKS.get(2).to(), half);

    List<Reading> readings = signals().readAll(QUERY, LOOKS);

    assertInstanceOf(Reading.Partial.class, readings.get(2));
    assertEquals(4, readings.stream().filter(new Reading.Value(42)::equals).count());
  }

  @Test
  void whatIsTooMuchAtOnceIsAskedOneByOne() {
    server.rangeFails(422, "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"many\"}");
    LOOKS.forEach(look -> says(look, 42));

    assertEquals(all(42), signals().readAll(QUERY, LOOKS));
    assertEquals(1 + LOOKS.size(), server.asked().size());
  }

  @Test
  void aBusyServerIsNotAskedForEachWindow() {
    server.alwaysSays(429, "text/plain", "slow down");

    List<Reading> readings = signals().readAll(QUERY, LOOKS);

    assertEquals(LOOKS.size(), readings.size());
    readings.forEach(one -> assertInstanceOf(Reading.Unavailable.class, one));
    assertEquals(1, server.asked().size());
  }

  @Test
  void aDeadServerIsNotWaitedForAgainAndAgain() {
    PrometheusSignals signals = signals();
    server.close();

    List<Reading> readings = signals.readAll(QUERY, LOOKS);

    assertEquals(LOOKS.size(), readings.size());
    readings.forEach(one -> assertInstanceOf(Reading.Unavailable.class, one));
  }

  @Test
  void noRangeHasMorePointsThanPrometheusGives() {
    List<Instant> moments = IntStream.range(0, 25_000).mapToObj(i -> START.plusSeconds(i)).toList();

    assertEquals(
        List.of(11_000, 11_000, 3_000),
        EvenTimes.of(moments).stream().map(EvenTimes::count).toList());
  }

  @Test
  void momentsAreTakenApartWhereTheyAreUneven() {
    List<Integer> seconds = List.of(0, 10, 20, 25, 35, 45, 45, 100);

    assertEquals(
        List.of("0+3x10", "25+3x10", "45+2x55"),
        EvenTimes.of(seconds.stream().map(START::plusSeconds).toList()).stream()
            .map(PrometheusRangeTest::words)
            .toList());
  }

  private static String words(EvenTimes times) {
    long from = Duration.between(START, times.start()).toSeconds();
    return from + "+" + times.count() + "x" + times.step().toSeconds();
  }

  private void says(Window look, double value) {
    server.says(
        QUERY.expression(),
        look.to(),
        FakePrometheus.vector(FakePrometheus.item("{}", FakePrometheus.number(value))));
  }

  private static List<Reading> all(double value) {
    return LOOKS.stream().<Reading>map(look -> new Reading.Value(value)).toList();
  }

  private static String matrix(Instant start, Duration step, String... values) {
    List<String> points =
        IntStream.range(0, values.length)
            .mapToObj(
                i ->
                    "["
                        + start.plus(step.multipliedBy(i)).getEpochSecond()
                        + ",\""
                        + values[i]
                        + "\"]")
            .toList();
    return MATRIX.formatted("{\"metric\":{},\"values\":[" + String.join(",", points) + "]}");
  }

  private static List<Window> looks(Duration interval, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> START.plus(interval.multipliedBy(i)))
        .map(end -> new Window(end.minus(interval), end))
        .toList();
  }

  private PrometheusSignals signals() {
    return new PrometheusSignals(
        new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT));
  }
}
