package rollout.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static rollout.judge.Verdict.Kind.ERROR;
import static rollout.judge.Verdict.Kind.FAIL;
import static rollout.judge.Verdict.Kind.INCONCLUSIVE;
import static rollout.judge.Verdict.Kind.NO_DATA;
import static rollout.judge.Verdict.Kind.PASS;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rollout.plan.Exposure;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Role;
import rollout.plan.Window;

class ExposureJudgeTest {
  private static final ExposureCheck CHECK =
      new ExposureCheck("prometheus", "query", Duration.ofMinutes(15), 3);
  private static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:15:00Z"));
  private static final String GITALY = "gitaly_commit_stats";
  private static final String RAILS = "commit_stats";

  private record Row(
      String flag, String target, double yes, double no, Verdict.Kind kind, String reason) {}

  @TestFactory
  Stream<DynamicTest> shares() {
    return Stream.of(
            // One of four actors in the 5 % is enough: up to 18.5 % of the calls, times three.
            new Row(
                GITALY,
                "5%",
                557,
                443,
                FAIL,
                "55.7% enabled (557 of 1,000 checks), target 5% (up to 19% of calls), limit 55.6%"),
            new Row(
                GITALY,
                "5%",
                600,
                400,
                FAIL,
                "60% enabled (600 of 1,000 checks), target 5% (up to 19% of calls), limit 56%"),
            new Row(
                GITALY,
                "5%",
                185,
                815,
                PASS,
                "19% enabled (185 of 1,000 checks), target 5% (up to 19% of calls), limit 56%"),
            new Row(
                GITALY,
                "5%",
                17,
                983,
                PASS,
                "1.7% enabled (17 of 1,000 checks), target 5% (up to 19% of calls), limit 1.67%"),
            new Row(
                GITALY,
                "5%",
                16,
                984,
                FAIL,
                "1.6% enabled (16 of 1,000 checks), target 5% (up to 19% of calls), limit 1.7%"),
            new Row(
                RAILS,
                "5%",
                150,
                850,
                PASS,
                "15% enabled (150 of 1,000 checks), target 5%, limit 15%"),
            new Row(
                RAILS,
                "5%",
                160,
                840,
                FAIL,
                "16% enabled (160 of 1,000 checks), target 5%, limit 15%"),
            new Row(
                GITALY,
                "100%",
                1000,
                0,
                PASS,
                "100% enabled (1,000 of 1,000 checks), target 100%, limit 100%"),
            new Row(
                GITALY,
                "100%",
                100,
                900,
                FAIL,
                "10% enabled (100 of 1,000 checks), target 100%, limit 33%"),
            new Row(
                GITALY,
                "100%",
                10,
                90,
                PASS,
                "10% enabled (10 of 100 checks), target 100%, limit 33%, not judged below 1,000"
                    + " checks"),
            new Row(
                GITALY,
                "5%",
                0,
                1234,
                INCONCLUSIVE,
                "nobody used it: 0 of 1,234 checks enabled, target 5%"),
            new Row(GITALY, "5%", 0, 0, NO_DATA, "nobody checked the flag"))
        .map(row -> DynamicTest.dynamicTest(row.reason(), () -> check(row)));
  }

  private static void check(Row row) {
    Verdict verdict =
        judge(
            row.flag(),
            row.target(),
            new Reading.Series(Map.of("true", row.yes(), "false", row.no())));

    assertEquals(row.reason(), verdict.reason());
    assertEquals(row.kind(), verdict.kind());
  }

  @Test
  void aSeriesThatIsAbsentCountsAsNone() {
    assertEquals(
        INCONCLUSIVE, judge(GITALY, "5%", new Reading.Series(Map.of("false", 7.0))).kind());
    assertEquals(PASS, judge(GITALY, "100%", new Reading.Series(Map.of("true", 7.0))).kind());
  }

  @Test
  void noAnswerIsNeverAPass() {
    assertEquals(NO_DATA, judge(GITALY, "5%", new Reading.NoData("no series")).kind());
    assertEquals(ERROR, judge(GITALY, "5%", new Reading.Unavailable("It is down.")).kind());
    assertEquals(INCONCLUSIVE, judge(GITALY, "5%", new Reading.Partial("half of it")).kind());
    assertEquals(ERROR, judge(GITALY, "5%", new Reading.Value(5)).kind());
  }

  @Test
  void seriesThatAreNoAnswerToTheQuestionAreAnError() {
    assertEquals(ERROR, judge(GITALY, "5%", new Reading.Series(Map.of("", 5000.0))).kind());
    assertEquals(ERROR, judge(GITALY, "5%", new Reading.Series(Map.of("true", -1.0))).kind());
    assertEquals(
        NO_DATA, judge(GITALY, "5%", new Reading.Series(Map.of("true", Double.NaN))).kind());
  }

  @Test
  void nothingAskedIsWarmingUp() {
    Verdict verdict =
        ExposureJudge.judge(
            CHECK,
            new FlagName(GITALY),
            Exposure.parse("5%"),
            new Measurement(ExposureCheck.NAME, WINDOW, false, Map.of()));

    assertEquals(
        "warming up: no part of the stage is old enough to be measured yet", verdict.reason());
  }

  private static Verdict judge(String flag, String target, Reading reading) {
    return ExposureJudge.judge(
        CHECK,
        new FlagName(flag),
        Exposure.parse(target),
        new Measurement(ExposureCheck.NAME, WINDOW, true, Map.of(Role.CHECKS, reading)));
  }
}
