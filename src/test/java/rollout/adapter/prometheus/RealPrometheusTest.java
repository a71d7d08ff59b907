package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.ExposureJudge;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.judge.ThresholdJudge;
import rollout.judge.Verdict;
import rollout.plan.Check;
import rollout.plan.Exposure;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Health;
import rollout.port.PortException;
import rollout.testing.RealPrometheus;
import rollout.testing.RemoteWrite;

/** The adapter and the judges on what a real Prometheus says of counters. */
class RealPrometheusTest {
  @RegisterExtension static final RealPrometheus PROMETHEUS = new RealPrometheus();

  private static final HttpClient CLIENT = new HttpClient();
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MINUTES);
  private static final Instant START = NOW.minus(Duration.ofMinutes(30));
  private static final Duration SCRAPE = Duration.ofSeconds(15);
  private static final Window LAST = new Window(NOW.minus(Duration.ofMinutes(1)), NOW);
  private static final String SICK = "grpc_method=\"CommitStats\"";
  private static final String HEALTHY = "grpc_method=\"FindCommit\"";
  private static final Check RATIO = new Check.Ratio("errors", "requests", 0.01, 100, 5);

  /** CommitStats: 10 requests a second, in the last 10 minutes one more in ten of them failed. */
  @BeforeAll
  static void fill() {
    RemoteWrite write = new RemoteWrite();
    series(write, "CommitStats", "OK", seconds -> 10 * seconds);
    series(write, "CommitStats", "Internal", seconds -> Math.max(0, seconds - 1200));
    series(write, "FindCommit", "OK", seconds -> 10 * seconds);
    series(write, "Idle", "OK", seconds -> 0);
    checks(write, "true", seconds -> 2 * seconds);
    checks(write, "false", seconds -> 18 * seconds);
    PROMETHEUS.write(write);
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void countsWhatHappenedInTheWindow() {
    assertEquals(660, value(requests(SICK), LAST), 0.001);
    assertEquals(60, value(errors(SICK), LAST), 0.001);
  }

  @Test
  void aPastWindowIsAnsweredAsItWas() {
    assertEquals(0, value(errors(SICK), LAST.earlier(Duration.ofMinutes(15))), 0.001);
    assertEquals(600, value(requests(SICK), LAST.earlier(Duration.ofMinutes(15))), 0.001);
  }

  @Test
  void aBreachIsSeenAndItsPastWasClean() {
    assertEquals(Verdict.Kind.FAIL, judged(SICK, LAST).kind());
    assertEquals("9.1% errors (60 of 660 requests), limit 1%", judged(SICK, LAST).reason());
    assertEquals(Verdict.Kind.PASS, judged(SICK, LAST.earlier(Duration.ofMinutes(15))).kind());
  }

  @Test
  void aHealthyServiceHasNoErrorSeriesAndPasses() {
    assertEquals(new Reading.NoData("the query matched no series"), read(errors(HEALTHY), LAST));
    assertEquals(Verdict.Kind.PASS, judged(HEALTHY, LAST).kind());
  }

  @Test
  void aMistypedMetricNeverPasses() {
    assertEquals(Verdict.Kind.NO_DATA, judged("grpc_method=\"CommitStat\"", LAST).kind());
  }

  @Test
  void nothingByNothingIsNaN() {
    String idle = requests("grpc_method=\"Idle\"");

    assertEquals(new Reading.Value(Double.NaN), read(idle + " / " + idle, LAST));
    assertEquals(
        new Reading.Value(Double.POSITIVE_INFINITY), read(requests(SICK) + " / " + idle, LAST));
  }

  @Test
  void severalSeriesAreAnError() {
    Reading.Unavailable reading =
        assertInstanceOf(
            Reading.Unavailable.class, read("increase(requests_total{" + SICK + "}[1m])", LAST));
    assertTrue(reading.reason().contains("2 series"), reading.reason());
  }

  @Test
  void textsRangesAndMistakesAreErrors() {
    assertUnavailable("\"text\"", "gives a string");
    assertUnavailable("requests_total[1m]", "gives a range");
    assertUnavailable("sum(requests_total", "answered 400: bad_data");
    assertUnavailable("requests_total * on() requests_total", "answered 422: execution");
  }

  @Test
  void aScalarIsANumber() {
    assertEquals(new Reading.Value(42), read("42", LAST));
  }

  @Test
  void nothingIsKnownOfTheFuture() {
    Window future = new Window(NOW, NOW.plus(Duration.ofHours(1)));

    assertInstanceOf(Reading.NoData.class, read(requests(SICK), future));
  }

  @Test
  void exposureIsMeasured() {
    ExposureCheck check =
        new ExposureCheck(
            "prometheus",
            "sum by (enabled) (increase(checks_total[1m]))",
            Duration.ofMinutes(1),
            3);
    Reading reading =
        signals().read(new SignalQuery.Promql("prometheus", check.query(), "enabled"), LAST);

    Verdict verdict =
        ExposureJudge.judge(
            check,
            new FlagName("gitaly_commit_stats"),
            Exposure.parse("5%"),
            new Measurement(ExposureCheck.NAME, LAST, true, Map.of(Role.CHECKS, reading)));

    assertEquals(Verdict.Kind.PASS, verdict.kind(), verdict.reason());
    assertEquals(0.1, verdict.value().orElseThrow(), 0.001);
  }

  @Test
  void theHistoryHasAPointForEachStep() throws PortException {
    List<Sample> samples =
        signals().range(errors(SICK), NOW.minusSeconds(1200), NOW, Duration.ofMinutes(1));

    assertEquals(21, samples.size());
    assertEquals(NOW.minusSeconds(1200), samples.get(0).at());
    assertEquals(0, samples.get(0).value(), 0.001);
    assertEquals(60, samples.get(20).value(), 0.001);
  }

  @Test
  void theHistoryOfSeveralSeriesIsRefused() {
    assertThrows(
        PortException.class,
        () -> signals().range("requests_total", START, NOW, Duration.ofMinutes(1)));
  }

  @Test
  void aMonthOfThePastCanBeFilledIn() {
    Instant start = NOW.minus(Duration.ofDays(30));
    RemoteWrite month = new RemoteWrite();
    month.series("month_total", Map.of(), start, NOW, Duration.ofMinutes(1), s -> s / 60);
    PROMETHEUS.write(month);

    Window early = new Window(start, start.plus(Duration.ofHours(1)));
    assertEquals(60, value("increase(month_total[1h])", early), 1.1);
    assertEquals(30 * 24 * 60, value("max(month_total)", LAST), 0);
  }

  @Test
  void theDoctorFindsItWell() {
    List<Health.Finding> findings =
        new PrometheusHealth(endpoint(), InstantSource.system()).examine();

    assertEquals(
        List.of("reached", "query", "clock"),
        findings.stream().map(Health.Finding::subject).toList());
    assertTrue(
        findings.stream().allMatch(finding -> finding.wellness() == Health.Wellness.WELL),
        findings.toString());
  }

  private static void assertUnavailable(String query, String why) {
    Reading.Unavailable reading =
        assertInstanceOf(Reading.Unavailable.class, read(query, LAST), query);
    assertTrue(reading.reason().contains(why), reading.reason());
  }

  private static Verdict judged(String service, Window window) {
    Map<Role, Reading> readings =
        Map.of(
            Role.ERRORS, read(errors(service), window),
            Role.REQUESTS, read(requests(service), window));
    return ThresholdJudge.judge(
        RATIO, Optional.empty(), new Measurement("grpc-errors", window, true, readings));
  }

  private static String requests(String service) {
    return "sum(increase(requests_total{" + service + "}[1m]))";
  }

  private static String errors(String service) {
    return "sum(increase(requests_total{" + service + ",grpc_code!~\"OK|NotFound\"}[1m]))";
  }

  private static double value(String query, Window window) {
    return assertInstanceOf(Reading.Value.class, read(query, window)).value();
  }

  private static Reading read(String query, Window window) {
    return signals().read(new SignalQuery.Promql("prometheus", query, ""), window);
  }

  private static PrometheusSignals signals() {
    return new PrometheusSignals(endpoint());
  }

  private static HttpEndpoint endpoint() {
    return new HttpEndpoint(CLIENT, PROMETHEUS.url(), Credentials.NONE, HttpLimits.DEFAULT);
  }

  private static void series(
      RemoteWrite write, String method, String code, DoubleUnaryOperator value) {
    write.series(
        "requests_total",
        Map.of("grpc_method", method, "grpc_code", code),
        START,
        NOW,
        SCRAPE,
        value);
  }

  private static void checks(RemoteWrite write, String enabled, DoubleUnaryOperator value) {
    write.series("checks_total", Map.of("enabled", enabled), START, NOW, SCRAPE, value);
  }
}
