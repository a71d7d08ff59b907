package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.testing.RealPrometheus;
import rollout.testing.RemoteWrite;

/** Many windows at once are answered, look by look, as each would be alone. */
class RealPrometheusRangeTest {
  @RegisterExtension static final RealPrometheus PROMETHEUS = new RealPrometheus();

  private static final HttpClient CLIENT = new HttpClient();
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final Duration SCRAPE = Duration.ofSeconds(15);
  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(90));
  private static final Instant END = START.plus(Duration.ofMinutes(80));

  /**
   * One counter that is reset, one whose scrapes stop for 20 minutes, one that is born and one that
   * dies half way, one that never counts.
   */
  @BeforeAll
  static void fill() {
    RemoteWrite write = new RemoteWrite();
    write.series("reset_total", Map.of(), START, END, SCRAPE, s -> s < 2000 ? s : s - 2000);
    write.series("born_total", Map.of("code", "OK"), START, END, SCRAPE, s -> 10 * s);
    write.series(
        "born_total",
        Map.of("code", "Internal"),
        START.plusSeconds(2405),
        END,
        SCRAPE,
        s -> Math.floor(s / 7));
    write.series(
        "died_total", Map.of("code", "OK"), START, START.plusSeconds(1810), SCRAPE, s -> s);
    write.series("died_total", Map.of("code", "Internal"), START, END, SCRAPE, s -> s / 3);
    write.series("idle_total", Map.of(), START, END, SCRAPE, s -> 0);
    Map<Instant, Double> gappy = new TreeMap<>();
    for (Instant at = START; at.isBefore(END); at = at.plus(SCRAPE)) {
      long minute = Duration.between(START, at).toMinutes();
      if (minute < 25 || minute >= 45) {
        gappy.put(at, (double) Duration.between(START, at).toSeconds());
      }
    }
    write.series("gappy_total", Map.of(), gappy);
    PROMETHEUS.write(write);
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(increase(reset_total[1m]))",
        "sum(increase(gappy_total[5m]))",
        "gappy_total",
        "sum(increase(born_total{code=\"Internal\"}[5m]))",
        "(sum(increase(born_total{code=\"Internal\"}[5m] offset 1m)) or vector(0))",
        "sum(increase(born_total[1m]))",
        "increase(born_total[1m])",
        "increase(died_total[1m])",
        "born_total",
        "sum(increase(idle_total[1m])) / sum(increase(idle_total[1m]))",
        "sum(increase(reset_total[1m])) / sum(increase(idle_total[1m]))",
        "-1 * sum(increase(reset_total[1m])) / sum(increase(idle_total[1m]))",
        "never_heard_of_total",
        "max_over_time(sum(gappy_total)[5m:1m])",
        "max_over_time(sum(gappy_total)[5m:])",
        "sum(gappy_total @ end())",
        "sum(gappy_total @ start())",
        "time()",
        "timestamp(gappy_total)",
        "42",
        "vector(1)",
        "\"text\"",
        "born_total[1m]",
        "sum(born_total",
        "born_total * on() died_total",
        "sum(reset_total) * on() died_total",
      })
  void aRangeIsReadLookByLookAsInstantQueriesAre(String expression) {
    same(expression, "", looks(START.plusMillis(123_456), 75));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (code) (increase(born_total[1m]))",
        "sum by (code) (increase(died_total[1m]))",
        "increase(died_total[1m])",
        "never_heard_of_total",
      })
  void seriesOfARangeAreToldApartAsThoseOfAnInstantAre(String expression) {
    same(expression, "code", looks(START, 80));
    same(expression, "enabled", looks(START, 80));
  }

  @Test
  void anUnevenLookInTheMiddleIsAnsweredToo() {
    List<Window> looks = new ArrayList<>(looks(START, 40));
    looks.add(window(START.plusSeconds(1234)));
    looks.sort(Comparator.comparing(Window::to));

    same("sum(increase(reset_total[1m]))", "", looks);
  }

  @Test
  void looksEveryTenthOfASecondAreAnsweredAtTheirMillisecond() {
    List<Window> looks =
        IntStream.range(0, 60)
            .mapToObj(i -> window(START.plusSeconds(600).plusNanos(i * 290_000_000L + 7_123_456)))
            .toList();

    same("time()", "", looks);
  }

  /** The comparison above would hold for two sides that are empty, too. */
  @Test
  void thereIsSomethingOfEachKindToCompare() {
    List<Reading> reset = all("sum(increase(reset_total[1m]))", "", looks(START, 80));
    List<Reading> born = all("increase(born_total[1m])", "", looks(START, 80));
    List<Reading> gappy = all("gappy_total", "", looks(START, 80));

    assertTrue(reset.stream().filter(one -> one instanceof Reading.Value).count() > 70);
    assertTrue(born.stream().anyMatch(one -> one instanceof Reading.Value));
    assertTrue(born.stream().anyMatch(one -> one instanceof Reading.Unavailable));
    assertTrue(gappy.stream().anyMatch(one -> one instanceof Reading.Value));
    assertTrue(gappy.stream().anyMatch(one -> one instanceof Reading.NoData));
  }

  private static void same(String expression, String splitBy, List<Window> looks) {
    List<Reading> alone =
        looks.stream().map(look -> signals().read(query(expression, splitBy), look)).toList();

    assertEquals(
        alone.stream().map(RealPrometheusRangeTest::comparable).toList(),
        all(expression, splitBy, looks).stream().map(RealPrometheusRangeTest::comparable).toList());
  }

  /** Which two of several series are named is Prometheus's choice. */
  private static Object comparable(Reading reading) {
    return reading instanceof Reading.Unavailable bad
        ? bad.reason().replaceAll(", such as .*; one", "; one")
        : reading;
  }

  private static List<Reading> all(String expression, String splitBy, List<Window> looks) {
    return signals().readAll(query(expression, splitBy), looks);
  }

  private static SignalQuery.Promql query(String expression, String splitBy) {
    return new SignalQuery.Promql("prometheus", expression, splitBy);
  }

  private static List<Window> looks(Instant first, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> window(first.plus(INTERVAL.multipliedBy(i))))
        .toList();
  }

  private static Window window(Instant end) {
    return new Window(end.minus(INTERVAL), end);
  }

  private static PrometheusSignals signals() {
    return new PrometheusSignals(
        new HttpEndpoint(CLIENT, PROMETHEUS.url(), Credentials.NONE, HttpLimits.DEFAULT));
  }
}
