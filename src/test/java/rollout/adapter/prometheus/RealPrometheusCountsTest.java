package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.CounterSum;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.testing.RealPrometheus;
import rollout.testing.RemoteWrite;

/**
 * What bare counters are counted as, beside what increase() makes of the same scrapes. Each counter
 * is scraped every 15 s; the window is five minutes, from scrape 40 to scrape 60.
 */
class RealPrometheusCountsTest {
  @RegisterExtension static final RealPrometheus PROMETHEUS = new RealPrometheus();

  private static final HttpClient CLIENT = new HttpClient();
  private static final Duration SCRAPE = Duration.ofSeconds(15);
  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(30));
  private static final Window WINDOW = new Window(at(40), at(60));

  /** Scrapes by their number; a counter that is not scraped has no entry. */
  private static final class Counter {
    private final Map<Instant, Double> samples = new TreeMap<>();

    Counter from(int first, int last, double value, double each) {
      for (int scrape = first; scrape <= last; scrape++) {
        samples.put(at(scrape), value + (scrape - first) * each);
      }
      return this;
    }

    void in(RemoteWrite write, String name, String pod) {
      write.series(name, Map.of("pod", pod), samples);
    }
  }

  @BeforeAll
  static void fill() {
    RemoteWrite write = new RemoteWrite();
    new Counter().from(0, 100, 0, 7).in(write, "steady_total", "a");
    // Nothing failed until scrape 50 saw three failures at once; two more came at 52.
    new Counter().from(50, 51, 3, 0).from(52, 100, 5, 0).in(write, "born_total", "a");
    // 39 requests from scrape 40 to 53; the process began anew before 54 and had 2, then 1 each.
    new Counter().from(0, 53, 1000, 3).from(54, 100, 2, 1).in(write, "reset_total", "a");
    // One pod goes on, one ends in the window, one lives and ends in it.
    new Counter().from(0, 100, 0, 2).in(write, "pods_total", "stays");
    new Counter().from(0, 49, 0, 2).in(write, "pods_total", "ends");
    new Counter().from(45, 48, 40, 1).in(write, "pods_total", "short");
    // Scraping paused for ten minutes and went on in the window.
    new Counter().from(0, 10, 5000, 1).from(51, 100, 5080, 1).in(write, "paused_total", "a");
    // 100 requests a scrape, of which 90 within half a second.
    new Counter().from(0, 100, 0, 100).in(write, "seconds_count", "a");
    write.series(
        "seconds_bucket",
        Map.of("pod", "a", "le", "0.5"),
        new Counter().from(0, 100, 0, 90).samples);
    for (int number = 0; number < 5_001; number++) {
      new Counter().from(40, 41, 1, 1).in(write, "many_total", "pod-" + number);
    }
    PROMETHEUS.write(write);
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void aSteadyCounterIsCounted() {
    assertEquals(20 * 7, counted("steady_total"));
    assertEquals(20 * 7, estimated("steady_total"), 1e-9);
  }

  @Test
  void aSeriesBornInTheWindowIsCountedFromZero() {
    assertEquals(5, counted("born_total"));
    assertTrue(estimated("born_total") < 3, "increase() says " + estimated("born_total"));
  }

  @Test
  void aCounterThatBeganAnewIsCountedFromZero() {
    assertEquals(13 * 3 + 2 + 6, counted("reset_total"));
  }

  @Test
  void aPodThatEndedInTheWindowIsCounted() {
    double stays = 20 * 2;
    double ends = 9 * 2;
    double lived = 40 + 3;
    assertEquals(stays + ends + lived, counted("pods_total"));
    double guess = estimated("pods_total");
    assertTrue(guess < stays + ends + 10, "increase() says " + guess);
  }

  @Test
  void aPauseOfTheScrapingIsNoBirth() {
    assertEquals(5089 - 5010, counted("paused_total"));
  }

  @Test
  void whatIsSlowIsWhatNoBucketHolds() {
    assertEquals(20 * 10, counted("seconds_count - seconds_bucket{le=\"0.5\"}"));
    Reading.Unavailable mistyped =
        assertInstanceOf(
            Reading.Unavailable.class, read("seconds_count - seconds_bucket{le=\"0.50\"}"));
    assertTrue(mistyped.reason().contains("is its le written as"), mistyped.reason());
  }

  @Test
  void sumsAreCountedToo() {
    assertEquals(140 + 5, counted("steady_total + born_total"));
    assertEquals(140, counted("steady_total + absent_total"));
  }

  @Test
  void nothingIsNoDataAndNotZero() {
    assertEquals(new Reading.NoData("the query matched no series"), read("absent_total"));
    assertEquals(0, counted("born_total", new Window(at(70), at(80))));
  }

  @Test
  void whatCannotBeCountedIsSaid() {
    Reading.Unavailable many = assertInstanceOf(Reading.Unavailable.class, read("many_total"));
    assertTrue(many.reason().contains("5001 series are more than the 5000"), many.reason());
    assertTrue(many.reason().contains("sum(increase("), many.reason());
  }

  @Test
  void windowsSideBySideAddUpHoweverTheyAreAsked() {
    for (String counter : List.of("steady_total", "born_total", "reset_total", "pods_total")) {
      List<Window> minutes = windows(at(40), 5, Duration.ofMinutes(1));
      List<Reading> together = signals().readAll(query(counter), minutes);
      assertEquals(
          minutes.stream().map(window -> signals().read(query(counter), window)).toList(),
          together,
          counter);
      assertEquals(counted(counter), sum(together), counter);
    }
  }

  @Test
  void aLongPastIsEstimatedButBirthsCountFromZero() {
    List<Window> day = windows(START.minus(Duration.ofHours(20)), 48, Duration.ofMinutes(30));
    List<Reading> born = signals().readAll(query("born_total"), day);

    assertEquals(new Reading.NoData("the query matched no series"), born.get(0));
    assertEquals(5, sum(born), 0.001);
    assertEquals(100 * 7, sum(signals().readAll(query("steady_total"), day)), 15);
  }

  private static double sum(List<Reading> readings) {
    return readings.stream()
        .filter(Reading.Value.class::isInstance)
        .mapToDouble(one -> ((Reading.Value) one).value())
        .sum();
  }

  private static List<Window> windows(Instant from, int count, Duration length) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant start = from.plus(length.multipliedBy(i));
      windows.add(new Window(start, start.plus(length)));
    }
    return windows;
  }

  private static Instant at(int scrape) {
    return START.plus(SCRAPE.multipliedBy(scrape));
  }

  private static double counted(String counters) {
    return counted(counters, WINDOW);
  }

  private static double counted(String counters, Window window) {
    Reading reading = signals().read(query(counters), window);
    return assertInstanceOf(Reading.Value.class, reading, reading::toString).value();
  }

  /** What a plan without bare counters would see. */
  private static double estimated(String counter) {
    String expression = "sum(increase(" + counter + "[5m]))";
    Reading reading = signals().read(new SignalQuery.Promql("p", expression, ""), WINDOW);
    return assertInstanceOf(Reading.Value.class, reading, reading::toString).value();
  }

  private static Reading read(String counters) {
    return signals().read(query(counters), WINDOW);
  }

  private static SignalQuery query(String counters) {
    return new SignalQuery.Counted("p", CounterSum.parse(counters).orElseThrow());
  }

  private static PrometheusSignals signals() {
    return new PrometheusSignals(
        new HttpEndpoint(CLIENT, PROMETHEUS.url(), Credentials.NONE, HttpLimits.DEFAULT));
  }
}
