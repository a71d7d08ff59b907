package rollout.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.plan.Percentage;
import rollout.port.PortException.Kind;

/** What every implementation of {@link Flags} must do, the fake that other tests rely on too. */
public abstract class FlagsContractTest {
  private static final FlagName FLAG = new FlagName("gitaly_commit_stats");
  private static final Flags.User BOT = new Flags.User(7, "rollout-bot");

  private Instant now = Instant.parse("2026-11-22T09:00:00Z");

  /** The clock the implementation under test must use. */
  protected final InstantSource clock = () -> now;

  /** What can go wrong with the next call. */
  protected enum Mishap {
    FORBIDDEN,
    LOST_BEFORE_EFFECT,
    LOST_AFTER_EFFECT,
    PRETENDED
  }

  protected abstract Flags flags();

  protected abstract GateState truth(FlagName flag);

  protected abstract void byHand(FlagName flag, GateState gates);

  protected abstract void nextWrite(Mishap mishap);

  protected abstract void nextRead(Mishap mishap);

  protected abstract void readStale(Duration age);

  @Test
  void aFlagNobodyTouchedIsOffAndNotPersisted() throws PortException {
    assertEquals(FlagView.absent(FLAG.value()), flags().read(FLAG));
    assertEquals(List.of(), flags().list());
  }

  @Test
  void theStagesOfARolloutShowTheGatesTheySet() throws PortException {
    FlagView marked = flags().mark(FLAG, flags().whoAmI(), () -> true).orElseThrow();
    GateState marker = GateState.OFF.withActor("User:7");
    assertEquals(new FlagView(FLAG.value(), "conditional", true, marker, false), marked);

    FlagView low = raise("5%");
    assertEquals(marker.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("5%")), low.gates());
    assertEquals("conditional", low.state());
    assertEquals(low, flags().read(FLAG));

    assertEquals(Exposure.parse("50%"), raise("50%").gates().exposure());
    FlagView full = raise("100%");
    assertEquals(GateState.on(), full.gates());
    assertEquals("on", full.state());
    assertEquals(List.of(full), flags().list());

    FlagView off = flags().switchOff(FLAG);
    assertEquals(new FlagView(FLAG.value(), "off", true, GateState.OFF, false), off);
    assertEquals(off, flags().read(FLAG));
    assertTrue(truth(FLAG).isOff());
  }

  @Test
  void aLastCheckThatDoesNotPassSendsNothing() throws PortException {
    Exposure low = Exposure.parse("5%");
    assertEquals(
        Optional.empty(), flags().raise(FLAG, Gate.PERCENTAGE_OF_ACTORS, low, () -> false));
    assertEquals(Optional.empty(), flags().mark(FLAG, flags().whoAmI(), () -> false));
    PortException why = new PortException(Kind.NOT_DONE, 0, "the lease is gone", null);
    Flags.LastCheck fails =
        () -> {
          throw why;
        };
    assertSame(
        why,
        assertThrows(
            PortException.class, () -> flags().raise(FLAG, Gate.PERCENTAGE_OF_ACTORS, low, fails)));
    assertTrue(truth(FLAG).isOff());
  }

  @Test
  void threeDecimalsArriveExactly() throws PortException {
    Exposure tiny = new Exposure(Percentage.of(new BigDecimal("0.125")));
    flags().raise(FLAG, Gate.PERCENTAGE_OF_ACTORS, tiny, () -> true);
    assertEquals(tiny, truth(FLAG).exposure());
  }

  @Test
  void percentageOfTimeIsItsOwnGate() throws PortException {
    raise("5%");
    FlagView both =
        flags()
            .raise(FLAG, Gate.PERCENTAGE_OF_TIME, Exposure.parse("30%"), () -> true)
            .orElseThrow();
    assertEquals(Percentage.parse("5%"), both.gates().percentageOfActors());
    assertEquals(Percentage.parse("30%"), both.gates().percentageOfTime());
  }

  @Test
  void aFullyEnabledFlagRefusesAPercentage() throws PortException {
    raise("100%");
    PortException refused = assertThrows(PortException.class, () -> raise("50%"));
    assertEquals(Kind.REFUSED, refused.kind());
    assertEquals(400, refused.status());
    assertEquals(GateState.on(), truth(FLAG));
  }

  @Test
  void offWipesWhatOthersHadSet() throws PortException {
    byHand(FLAG, GateState.OFF.withActor("Project:278964"));
    raise("5%");
    assertEquals(GateState.OFF, flags().switchOff(FLAG).gates());
    assertEquals(GateState.OFF, truth(FLAG));
  }

  @Test
  void aRaiseToOffIsAMistakeOfTheCaller() {
    assertThrows(IllegalArgumentException.class, () -> raise("off"));
  }

  @Test
  void changesByOthersAreSeen() throws PortException {
    raise("5%");
    byHand(FLAG, GateState.on());
    assertEquals(GateState.on(), flags().read(FLAG).gates());
  }

  @Test
  void aLostRequestIsUnknownAndHadNoEffect() {
    nextWrite(Mishap.LOST_BEFORE_EFFECT);
    assertEquals(Kind.UNKNOWN, assertThrows(PortException.class, () -> raise("5%")).kind());
    assertTrue(truth(FLAG).isOff());
  }

  @Test
  void aLostAnswerIsUnknownAndHadItsEffect() throws PortException {
    nextWrite(Mishap.LOST_AFTER_EFFECT);
    assertEquals(Kind.UNKNOWN, assertThrows(PortException.class, () -> raise("5%")).kind());
    assertEquals(Exposure.parse("5%"), flags().read(FLAG).gates().exposure());
  }

  @Test
  void anOffWhoseAnswerIsLostIsUnknownToo() throws PortException {
    raise("5%");
    nextWrite(Mishap.LOST_AFTER_EFFECT);
    PortException lost = assertThrows(PortException.class, () -> flags().switchOff(FLAG));
    assertEquals(Kind.UNKNOWN, lost.kind());
    assertTrue(truth(FLAG).isOff());
  }

  @Test
  void aPretendedSuccessIsSeenByReading() throws PortException {
    nextWrite(Mishap.PRETENDED);
    assertEquals(Exposure.parse("5%"), raise("5%").gates().exposure());
    assertTrue(flags().read(FLAG).gates().isOff());
  }

  @Test
  void aRefusedWriteSaysSo() {
    nextWrite(Mishap.FORBIDDEN);
    PortException refused = assertThrows(PortException.class, () -> flags().switchOff(FLAG));
    assertEquals(Kind.REFUSED, refused.kind());
    assertEquals(403, refused.status());
    assertFalse(refused.getMessage().isBlank());
  }

  @Test
  void aReadThatBreaksIsNeverUnknown() throws PortException {
    nextRead(Mishap.LOST_BEFORE_EFFECT);
    assertEquals(Kind.NOT_DONE, assertThrows(PortException.class, () -> flags().list()).kind());
    assertEquals(List.of(), flags().list());
  }

  @Test
  void aRefusedReadSaysSo() {
    nextRead(Mishap.FORBIDDEN);
    PortException refused = assertThrows(PortException.class, () -> flags().read(FLAG));
    assertEquals(Kind.REFUSED, refused.kind());
  }

  @Test
  void readsMayBeStaleAnswersToWritesAreNot() throws PortException {
    raise("5%");
    readStale(Duration.ofSeconds(60));
    now = now.plusSeconds(30);
    assertEquals(Exposure.parse("50%"), raise("50%").gates().exposure());
    assertFalse(flags().read(FLAG).persisted());
    now = now.plusSeconds(30);
    assertEquals(Exposure.parse("5%"), flags().read(FLAG).gates().exposure());
    now = now.plusSeconds(30);
    assertEquals(Exposure.parse("50%"), flags().read(FLAG).gates().exposure());
  }

  @Test
  void theTokenHasAUser() throws PortException {
    assertEquals(BOT, flags().whoAmI());
    assertEquals("User:7", flags().whoAmI().actor());
  }

  private FlagView raise(String exposure) throws PortException {
    return flags()
        .raise(FLAG, Gate.PERCENTAGE_OF_ACTORS, Exposure.parse(exposure), () -> true)
        .orElseThrow();
  }
}
