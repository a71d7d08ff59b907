package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.FakeFlags.Fault.FORBIDDEN;
import static rollout.testing.FakeFlags.Fault.LOST_BEFORE_EFFECT;
import static rollout.testing.FakeFlags.Fault.PRETENDED;
import static rollout.testing.FakeFlags.Fault.UNREACHABLE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import rollout.core.Exchange;
import rollout.core.Seal;
import rollout.engine.SwitchOff.Outcome;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.port.Flags;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.testing.FakeFlags;

/** Off, and off again, in a time that jumps to whatever is waited for. */
class SwitchOffTest implements SwitchOff.Listener {
  private static final FlagName FLAG = new FlagName("gitaly_commit_stats");
  private static final Instant T = Instant.parse("2026-11-22T03:00:00Z");
  private static final GateState HALF =
      GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("50%"));
  private static final Duration PROPAGATION = Duration.ofSeconds(65);
  private static final Duration SEAL = Duration.ofSeconds(300);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final FakeFlags production = new FakeFlags(this::now, new Flags.User(42, "rollout"));
  private final FakeFlags staging = new FakeFlags(this::now, new Flags.User(42, "rollout"));
  private final SwitchOff switchOff = new SwitchOff(this::now, this::waiter, Workers.INLINE, this);
  private final List<String> told = new ArrayList<>();
  private Runnable afterFirstOff = () -> {};
  private Runnable afterSecondOff = () -> {};
  private boolean fenced;
  private Instant now = T;

  private Instant now() {
    return now;
  }

  private Waiter waiter() {
    return new Waiter() {
      @Override
      public void awaitUntil(Instant until) {
        now = until;
      }

      @Override
      public void wake() {}
    };
  }

  @Override
  public void off(String environment, Exchange said, Seal seal) {
    told.add("off " + seconds(said.answeredAt()));
    (seal.againAt().isPresent() ? afterSecondOff : afterFirstOff).run();
  }

  @Override
  public void sealed(String environment, Instant at) {
    told.add("sealed " + seconds(at));
  }

  @Override
  public void failed(String environment, Instant retryAt, PortException why) {
    told.add("failed " + seconds(now));
  }

  @Override
  public void onAgain(String environment, Instant at, GateState gates) {
    told.add("on again " + seconds(at) + ": " + gates);
  }

  private static long seconds(Instant at) {
    return Duration.between(T, at).toSeconds();
  }

  private Outcome run(Duration timeout, boolean seal) throws InterruptedException {
    return run(List.of(new SwitchOff.Target("production", production)), timeout, seal).get(0);
  }

  private List<Outcome> run(List<SwitchOff.Target> targets, Duration timeout, boolean seal)
      throws InterruptedException {
    SwitchOff.Terms terms =
        new SwitchOff.Terms(() -> new Seal.Pace(PROPAGATION, SEAL, fenced), timeout, seal);
    return switchOff.run(FLAG, targets, terms);
  }

  private void arm(int times, FakeFlags.Fault fault) {
    for (int i = 0; i < times; i++) {
      production.armWrite(fault);
    }
  }

  @Test
  void saysOffTwiceAndLooksUntilItIsSealed() throws Exception {
    production.set(FLAG, HALF);
    assertEquals(Outcome.SEALED, run(TEN_MINUTES, true));
    assertEquals(List.of("off 0", "off 300", "sealed 375"), told);
    assertEquals(2, production.writes().size());
  }

  @Test
  void saysOffTwiceBehindTheFenceToo() throws Exception {
    fenced = true;
    assertEquals(Outcome.SEALED, run(TEN_MINUTES, true));
    assertEquals(List.of("off 0", "off 65", "sealed 140"), told);
  }

  @Test
  void endsAtOffForWhoDoesNotWantToWait() throws Exception {
    assertEquals(Outcome.OFF, run(TEN_MINUTES, false));
    assertEquals(List.of("off 0"), told);
  }

  @Test
  void triesAgainUntilGitLabSaysOff() throws Exception {
    production.set(FLAG, HALF);
    arm(1, UNREACHABLE);
    arm(1, LOST_BEFORE_EFFECT);
    assertEquals(Outcome.SEALED, run(TEN_MINUTES, true));
    assertEquals(List.of("failed 0", "failed 0", "off 1", "off 301", "sealed 376"), told);
  }

  @Test
  void givesUpAtTheTimeoutWithoutOff() throws Exception {
    arm(1000, UNREACHABLE);
    assertEquals(Outcome.NOT_VERIFIED, run(TEN_MINUTES, true));
    assertEquals(T.plus(TEN_MINUTES), now);
  }

  @Test
  void triesForEverWhenTheTimeoutIsNothing() throws Exception {
    production.set(FLAG, HALF);
    arm(2000, UNREACHABLE);
    assertEquals(Outcome.SEALED, run(Duration.ZERO, true));
    assertTrue(now.isAfter(T.plus(Duration.ofHours(24))), now::toString);
  }

  @Test
  void givesTheSealItsOwnTime() throws Exception {
    assertEquals(Outcome.SEALED, run(Duration.ofSeconds(30), true), "the seal takes longer");
    assertEquals(List.of("off 0", "off 300", "sealed 375"), told);
  }

  @Test
  void givesUpWhenTheSealIsLate() throws Exception {
    afterFirstOff = () -> arm(1000, UNREACHABLE);
    assertEquals(Outcome.NOT_VERIFIED, run(TEN_MINUTES, true));
    assertEquals(T.plusSeconds(375).plus(TEN_MINUTES), now);
  }

  @Test
  void threeRefusalsAreEnough() throws Exception {
    arm(1000, FORBIDDEN);
    assertEquals(Outcome.NOT_VERIFIED, run(Duration.ZERO, true));
    assertEquals(3, production.writes().size());
  }

  @Test
  void threeRefusalsOfTheSecondFalseAreEnough() throws Exception {
    afterFirstOff = () -> arm(1000, FORBIDDEN);
    assertEquals(Outcome.NOT_VERIFIED, run(Duration.ZERO, true));
    assertEquals(List.of("off 0", "failed 300", "failed 300", "failed 301"), told);
  }

  @Test
  void beginsAnewWhenItComesOnAgainWithItsOwnTime() throws Exception {
    production.set(FLAG, HALF);
    afterSecondOff =
        () -> {
          afterSecondOff = () -> {};
          production.set(FLAG, HALF);
        };
    assertEquals(Outcome.SEALED, run(Duration.ofSeconds(30), true));
    assertEquals(
        List.of("off 0", "off 300", "on again 365: " + HALF, "off 365", "off 665", "sealed 740"),
        told);
    assertTrue(production.gates(FLAG).isOff());
  }

  @Test
  void stoppedBeforeOffItIsNotVerified() throws Exception {
    switchOff.stop();
    assertEquals(Outcome.NOT_VERIFIED, run(TEN_MINUTES, true));
    assertEquals(List.of(), production.writes());
  }

  @Test
  void stoppedAfterOffItIsOff() throws Exception {
    afterFirstOff = switchOff::stop;
    assertEquals(Outcome.OFF, run(TEN_MINUTES, true));
  }

  @Test
  void eachEnvironmentHasItsOwnOutcome() throws Exception {
    arm(3, FORBIDDEN);
    List<SwitchOff.Target> both =
        List.of(
            new SwitchOff.Target("production", production),
            new SwitchOff.Target("staging", staging));
    assertEquals(List.of(Outcome.NOT_VERIFIED, Outcome.SEALED), run(both, TEN_MINUTES, true));
  }

  @Test
  void aPretendedOffIsFoundByTheReadsAndSaidAgain() throws Exception {
    production.set(FLAG, HALF);
    arm(2, PRETENDED);
    assertEquals(Outcome.SEALED, run(TEN_MINUTES, true));
    assertEquals("on again 365: " + HALF, told.get(2));
    assertTrue(production.gates(FLAG).isOff());
  }
}
