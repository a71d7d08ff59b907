package rollout.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static rollout.judge.Verdict.Kind.ERROR;
import static rollout.judge.Verdict.Kind.FAIL;
import static rollout.judge.Verdict.Kind.INCONCLUSIVE;
import static rollout.judge.Verdict.Kind.NO_DATA;
import static rollout.judge.Verdict.Kind.PASS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rollout.plan.Check;
import rollout.plan.Role;
import rollout.plan.Window;

class ThresholdJudgeTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:05:00Z"));
  private static final Reading NONE = new Reading.NoData("the query matched no series");
  private static final Reading DOWN = new Reading.Unavailable("Prometheus did not answer.");
  private static final Reading PART = new Reading.Partial("a store is missing");
  private static final Check RATIO = new Check.Ratio("errors", "requests", 0.01, 100, 5);
  private static final Check MAX = new Check.Value("query", Optional.of(0.5), Optional.empty());
  private static final Check MIN = new Check.Value("query", Optional.empty(), Optional.of(99.0));
  private static final Check BETWEEN =
      new Check.Value("query", Optional.of(10.0), Optional.of(1.0));
  private static final Check ISSUES = new Check.NewIssues("gitaly", "", 0);
  private static final Check EVENTS = events(Optional.of(100.0), Optional.empty(), 0);
  private static final Check GROWTH = events(Optional.empty(), Optional.of(2.0), 20);

  private record Row(Check check, Map<Role, Reading> readings, Verdict.Kind kind, String reason) {}

  @TestFactory
  Stream<DynamicTest> ratio() {
    return table(
        ratio(number(10), number(1000), PASS, "1% errors (10 of 1,000 requests), limit 1%"),
        ratio(number(31), number(1000), FAIL, "3.1% errors (31 of 1,000 requests), limit 1%"),
        ratio(
            number(1001),
            number(100_000),
            FAIL,
            "1.001% errors (1,001 of 100,000 requests), limit 1%"),
        ratio(
            number(4),
            number(200),
            PASS,
            "2% errors (4 of 200 requests), limit 1%, passed below 5 errors"),
        ratio(number(5), number(200), FAIL, "2.5% errors (5 of 200 requests), limit 1%"),
        ratio(NONE, number(200), PASS, "0% errors (0 of 200 requests), limit 1%"),
        ratio(NONE, number(12), NO_DATA, "12 of 100 requests"),
        ratio(number(12), number(99.96), NO_DATA, "99.9 of 100 requests"),
        ratio(NONE, number(0), NO_DATA, "no requests"),
        ratio(number(3), number(0), NO_DATA, "no requests"),
        ratio(NONE, NONE, NO_DATA, "requests: the query matched no series"),
        ratio(number(3), NONE, NO_DATA, "requests: the query matched no series"),
        ratio(
            number(3),
            number(Double.NaN),
            NO_DATA,
            "requests: NaN, a division of nothing by nothing"),
        ratio(
            number(Double.NaN),
            number(200),
            NO_DATA,
            "errors: NaN, a division of nothing by nothing"),
        ratio(
            number(Double.POSITIVE_INFINITY),
            number(200),
            ERROR,
            "errors: infinite, a division by zero; look at the query"),
        ratio(
            number(-1),
            number(200),
            ERROR,
            "errors came back as -1, and nothing can happen less than never; look at the query"),
        ratio(PART, number(200), INCONCLUSIVE, "errors: a store is missing"),
        ratio(PART, NONE, NO_DATA, "requests: the query matched no series"),
        ratio(DOWN, number(200), ERROR, "Prometheus did not answer."),
        ratio(NONE, DOWN, ERROR, "Prometheus did not answer."),
        ratio(DOWN, NONE, ERROR, "Prometheus did not answer."),
        ratio(
            new Reading.Series(Map.of("a", 1.0)),
            number(200),
            ERROR,
            "errors: the source's answer is not of the kind this guardrail can judge; look at the"
                + " query"));
  }

  @TestFactory
  Stream<DynamicTest> value() {
    return table(
        value(MAX, number(0.5), PASS, "0.5, limit 0.5"),
        value(MAX, number(0.5001), FAIL, "0.5001, limit 0.5"),
        value(MAX, number(-3), PASS, "-3, limit 0.5"),
        value(MIN, number(99), PASS, "99, at least 99"),
        value(MIN, number(98.9), FAIL, "98.9, at least 99"),
        value(BETWEEN, number(5), PASS, "5, limit 10"),
        value(BETWEEN, number(11), FAIL, "11, limit 10"),
        value(BETWEEN, number(0), FAIL, "0, at least 1"),
        value(MAX, NONE, NO_DATA, "value: the query matched no series"),
        value(MAX, number(Double.NaN), NO_DATA, "value: NaN, a division of nothing by nothing"),
        value(
            MAX,
            number(Double.NEGATIVE_INFINITY),
            ERROR,
            "value: infinite, a division by zero; look at the query"),
        value(MAX, PART, INCONCLUSIVE, "value: a store is missing"),
        value(MAX, DOWN, ERROR, "Prometheus did not answer."));
  }

  @TestFactory
  Stream<DynamicTest> sentry() {
    return table(
        value(ISSUES, number(0), PASS, "0 new issues, limit 0"),
        value(ISSUES, number(1), FAIL, "1 new issue, limit 0"),
        value(ISSUES, PART, INCONCLUSIVE, "value: a store is missing"),
        value(EVENTS, number(100), PASS, "100 events, limit 100"),
        value(EVENTS, number(101), FAIL, "101 events, limit 100"),
        value(
            events(Optional.of(3.0), Optional.empty(), 20),
            number(19),
            PASS,
            "19 events, limit 3, passed below 20 events"),
        growth(
            number(40),
            number(20),
            PASS,
            "40 events against 20 in the same window 7d before (2×), limit 2×"),
        growth(
            number(41),
            number(20),
            FAIL,
            "41 events against 20 in the same window 7d before (2.1×), limit 2×"),
        growth(
            number(19),
            number(2),
            PASS,
            "19 events against 2 in the same window 7d before (9.5×), limit 2×, passed below 20"
                + " events"),
        growth(
            number(20),
            number(0),
            FAIL,
            "20 events against 0 in the same window 7d before, limit 2×"),
        growth(
            number(19),
            number(0),
            PASS,
            "19 events against 0 in the same window 7d before, limit 2×, passed below 20 events"),
        growth(
            number(0),
            number(0),
            PASS,
            "0 events against 0 in the same window 7d before, limit 2×"),
        growth(number(40), DOWN, ERROR, "Prometheus did not answer."),
        growth(number(40), PART, INCONCLUSIVE, "baseline: a store is missing"),
        growth(PART, DOWN, ERROR, "Prometheus did not answer."));
  }

  @Test
  void withoutAFloorNothingAgainstNothingStillPasses() {
    Check check = events(Optional.empty(), Optional.of(2.0), 0);

    Verdict verdict = judge(check, Map.of(Role.VALUE, number(0), Role.BASELINE, number(0)), true);

    assertEquals(PASS, verdict.kind());
  }

  @Test
  void nothingAskedIsWarmingUp() {
    Verdict verdict = judge(RATIO, Map.of(), false);

    assertEquals(NO_DATA, verdict.kind());
    assertEquals(
        "warming up: no part of the stage is old enough to be measured yet", verdict.reason());
  }

  @Test
  void tooLittleInAShortWindowIsWarmingUp() {
    Map<Role, Reading> few = Map.of(Role.ERRORS, NONE, Role.REQUESTS, number(12));

    assertEquals("warming up: 12 of 100 requests", judge(RATIO, few, false).reason());
  }

  @Test
  void aShortWindowIsJudgedWhenItHoldsEnough() {
    Map<Role, Reading> bad = Map.of(Role.ERRORS, number(31), Role.REQUESTS, number(1000));

    assertEquals(FAIL, judge(RATIO, bad, false).kind());
  }

  @Test
  void aMissingReadingIsAnError() {
    assertEquals(ERROR, judge(RATIO, Map.of(Role.REQUESTS, number(1000)), true).kind());
  }

  @Test
  void theStagesFloorReplacesTheGuardrails() {
    Map<Role, Reading> readings = Map.of(Role.ERRORS, NONE, Role.REQUESTS, number(12));

    assertEquals(
        PASS, ThresholdJudge.judge(RATIO, Optional.of(10L), measured(readings, true)).kind());
  }

  @Test
  void aVerdictCarriesNumbersAndEvidence() {
    Map<Role, Reading> readings = Map.of(Role.ERRORS, number(31), Role.REQUESTS, number(1000));

    Verdict verdict = judge(RATIO, readings, true);

    assertEquals(Optional.of(0.031), verdict.value());
    assertEquals(Optional.of(0.01), verdict.limit());
    assertEquals(true, verdict.breached());
    assertEquals(List.of(measured(readings, true)), verdict.evidence());
  }

  private static Stream<DynamicTest> table(Row... rows) {
    return Stream.of(rows)
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.kind() + " " + row.readings(),
                    () -> {
                      Verdict verdict = judge(row.check(), row.readings(), true);
                      assertEquals(row.reason(), verdict.reason());
                      assertEquals(row.kind(), verdict.kind());
                      assertEquals(row.kind() == FAIL, verdict.breached());
                    }));
  }

  private static Row ratio(Reading errors, Reading requests, Verdict.Kind kind, String reason) {
    return new Row(RATIO, Map.of(Role.ERRORS, errors, Role.REQUESTS, requests), kind, reason);
  }

  private static Row value(Check check, Reading reading, Verdict.Kind kind, String reason) {
    return new Row(check, Map.of(Role.VALUE, reading), kind, reason);
  }

  private static Row growth(Reading now, Reading before, Verdict.Kind kind, String reason) {
    return new Row(GROWTH, Map.of(Role.VALUE, now, Role.BASELINE, before), kind, reason);
  }

  private static Check events(Optional<Double> max, Optional<Double> ratio, long floor) {
    return new Check.Events("gitaly", "", max, ratio, Duration.ofDays(7), floor);
  }

  private static Reading number(double value) {
    return new Reading.Value(value);
  }

  private static Verdict judge(Check check, Map<Role, Reading> readings, boolean full) {
    return ThresholdJudge.judge(check, Optional.empty(), measured(readings, full));
  }

  private static Measurement measured(Map<Role, Reading> readings, boolean full) {
    return new Measurement("guardrail", WINDOW, full, readings);
  }
}
