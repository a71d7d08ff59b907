package rollout.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.plan.Check;
import rollout.plan.Role;
import rollout.plan.Window;

class AlertsJudgeTest {
  private static final Instant RAISE = Instant.parse("2026-11-22T10:00:00Z");
  private static final Check.Alerts CHECK = new Check.Alerts(List.of("type=\"gitaly\""), 0);

  @Test
  void quietPasses() {
    Verdict verdict = judge(new Reading.Firing(0, List.of()));

    assertEquals(Verdict.Kind.PASS, verdict.kind());
    assertEquals("0 alerts fire, limit 0", verdict.reason());
  }

  @Test
  void anAlertAboveTheLimitFailsWhenceverItComes() {
    Verdict verdict = judge(new Reading.Firing(2, List.of(alert("New", 60), alert("Old", -60))));

    assertEquals(Verdict.Kind.FAIL, verdict.kind());
    assertEquals("2 alerts fire (New, Old since before the raise), limit 0", verdict.reason());
  }

  @Test
  void onlyTheNewestAreNamed() {
    List<Reading.Alert> newest =
        List.of(alert("A", 4), alert("B", 3), alert("C", 2), alert("D", 1));

    assertEquals(
        "40 alerts fire (A, B, C, …), limit 0", judge(new Reading.Firing(40, newest)).reason());
  }

  @Test
  void whatFiredBeforeTheRaiseIsNotTheFlags() {
    assertTrue(began(alert("New", 0)));
    assertFalse(began(alert("Old", -1)));
    assertFalse(AlertsJudge.hasBegunSinceTheRaise(measurement(new Reading.Partial("x"))));
  }

  @Test
  void whatProvesNothingIsNoPass() {
    assertEquals(Verdict.Kind.INCONCLUSIVE, judge(new Reading.Partial("no watchdog")).kind());
    assertEquals(Verdict.Kind.ERROR, judge(new Reading.Unavailable("it is down")).kind());
    assertEquals(Verdict.Kind.ERROR, judge(new Reading.Value(0)).kind());
    Verdict late = AlertsJudge.tooLate(measurement(new Reading.Firing(0, List.of())));
    assertEquals(Verdict.Kind.NO_DATA, late.kind());
  }

  private static boolean began(Reading.Alert alert) {
    return AlertsJudge.hasBegunSinceTheRaise(measurement(new Reading.Firing(1, List.of(alert))));
  }

  private static Reading.Alert alert(String name, long secondsAfterTheRaise) {
    return new Reading.Alert(name, RAISE.plusSeconds(secondsAfterTheRaise));
  }

  private static Verdict judge(Reading reading) {
    return ThresholdJudge.judge(CHECK, Optional.empty(), measurement(reading));
  }

  private static Measurement measurement(Reading reading) {
    Window sinceTheRaise = new Window(RAISE, RAISE.plusSeconds(600));
    return new Measurement("alerts", sinceTheRaise, true, Map.of(Role.VALUE, reading));
  }
}
