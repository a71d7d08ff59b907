package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final Instant T = Instant.parse("2026-11-22T03:00:00Z");
  private static final Seal BEGUN = Seal.begin(pace(false));

  private static Seal.Pace pace(boolean fenced) {
    return new Seal.Pace(Duration.ofSeconds(65), Duration.ofSeconds(300), fenced);
  }

  private static Instant at(long seconds) {
    return T.plusSeconds(seconds);
  }

  @Test
  void saysOffWaitsSaysOffAgainAndLooks() {
    assertEquals(Seal.Step.SAY_OFF, BEGUN.step(T));
    Seal off = BEGUN.saidOff(Exchange.at(T));
    assertTrue(off.isOff());
    assertEquals(Seal.Step.WAIT, off.step(at(299)));
    assertEquals(Seal.Step.SAY_OFF, off.step(at(300)));
    Seal again = off.saidOff(Exchange.at(at(300)));
    assertEquals(Seal.Step.WAIT, again.step(at(364)));
    assertEquals(Seal.Step.READ, again.step(at(365)));
    assertFalse(again.readOff(Exchange.at(at(374))).isSealed());
    assertTrue(again.readOff(Exchange.at(at(375))).isSealed());
    assertEquals(Optional.of(at(375)), off.expectedAt());
  }

  @Test
  void aSecondFalseCountsFromWhenItWasSentAndAReadFromWhenItWasAsked() {
    Seal off = BEGUN.saidOff(new Exchange(T, at(1)));
    assertTrue(off.saidOff(new Exchange(at(2), at(400))).againAt().isEmpty(), "heard too late");
    assertTrue(off.saidOff(new Exchange(at(300), at(400))).againAt().isEmpty(), "sent too early");

    Seal again = off.saidOff(new Exchange(at(301), at(302)));

    assertEquals(Optional.of(at(302)), again.againAt());
    assertFalse(again.readOff(new Exchange(at(376), at(500))).isSealed(), "asked too early");
    assertTrue(again.readOff(new Exchange(at(377), at(500))).isSealed());
  }

  @Test
  void waitsOnlyForPropagationWhenNothingCanBeOnItsWay() {
    Seal off = Seal.begin(pace(true)).saidOff(Exchange.at(T));
    assertEquals(Seal.Step.SAY_OFF, off.step(at(65)));
  }

  @Test
  void neverSealsOnTheFirstFalseAlone() {
    assertFalse(BEGUN.saidOff(Exchange.at(T)).readOff(Exchange.at(at(10_000))).isSealed());
  }

  @Test
  void beginsAnewWhenSomethingSwitchedItOnAgain() {
    Seal again = BEGUN.saidOff(Exchange.at(T)).saidOff(Exchange.at(at(300)));
    assertEquals(BEGUN, again.readOn(at(365)));
  }

  @Test
  void takesAnEarlyReadForAStaleOne() {
    Seal again = BEGUN.saidOff(Exchange.at(T)).saidOff(Exchange.at(at(300)));
    assertTrue(again.readOn(at(364)).isOff());
  }

  @Test
  void triesAgainWhenToldTo() {
    Seal failed = BEGUN.failed(at(2)).failed(at(5));
    assertEquals(2, failed.attempts());
    assertEquals(Seal.Step.WAIT, failed.step(at(4)));
    assertEquals(Seal.Step.SAY_OFF, failed.step(at(5)));
    assertEquals(0, failed.saidOff(Exchange.at(at(5))).attempts());
  }
}
