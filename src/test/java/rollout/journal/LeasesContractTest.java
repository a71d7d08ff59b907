package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.plan.RolloutId;
import rollout.port.Leases;
import rollout.port.Leases.Granted;
import rollout.port.Leases.Holder;
import rollout.port.Leases.Lease;
import rollout.port.Leases.Taken;
import rollout.port.PortException;

/** What all leases do: at most one holder, by the clock of the store. */
abstract class LeasesContractTest {
  private static final RolloutId ROLLOUT = new RolloutId("first");
  private static final Duration TEN = Duration.ofMinutes(10);
  private static final Duration ONE = Duration.ofMinutes(1);
  private static final Instant START = Instant.parse("2026-11-22T14:00:00.123456789Z");
  private static final Holder JANE = new Holder("jane", "laptop", 42, START);
  private static final Holder JANE_LATER = new Holder("jane", "laptop", 42, START.plusSeconds(9));
  private static final Holder CI = new Holder("ci", "runner", 7, START);

  /** The store's clock. */
  private Instant now = START;

  private final Set<Holder> gone = new HashSet<>();
  private final Set<Holder> aliveHere = new HashSet<>();
  private Leases leases;

  /** Leases by {@link #now()}, that learn of processes from {@link #fateOf}. */
  abstract Leases open() throws PortException;

  /** Ends what {@link #open} began. */
  abstract void close();

  /** The store's clock, which the tests move. */
  final Instant now() {
    return now;
  }

  /** What is known of a process in the test under way. */
  final Processes.Fate fateOf(Holder holder) {
    if (gone.contains(holder)) {
      return Processes.Fate.GONE;
    }
    return aliveHere.contains(holder) ? Processes.Fate.ALIVE_HERE : Processes.Fate.UNKNOWN;
  }

  @BeforeEach
  void openThem() throws PortException {
    leases = open();
  }

  @AfterEach
  void closeThem() {
    close();
  }

  @Test
  void theFirstToAskGetsIt() throws PortException {
    assertEquals(Optional.empty(), leases.holder(ROLLOUT));
    Lease lease = granted(JANE, TEN);
    assertEquals(new Lease(ROLLOUT, JANE, 1, TEN, false, Duration.ZERO), lease);
    pass(ONE);
    Taken jane = new Taken(JANE, 1, TEN.minus(ONE), false);
    assertEquals(Optional.of(jane), leases.holder(ROLLOUT));
    assertEquals(jane, leases.take(ROLLOUT, CI, TEN));
    assertEquals(Optional.of(jane), leases.holder(ROLLOUT));
  }

  @Test
  void rolloutsHaveLeasesOfTheirOwn() throws PortException {
    granted(JANE, TEN);
    assertInstanceOf(Granted.class, leases.take(new RolloutId("second"), CI, TEN));
  }

  @Test
  void aLiveHolderOnThisHostIsSaidToBe() throws PortException {
    granted(JANE, TEN);
    aliveHere.add(JANE);
    assertEquals(new Taken(JANE, 1, TEN, true), leases.take(ROLLOUT, CI, TEN));
  }

  @Test
  void theHolderMayAskAgain() throws PortException {
    granted(JANE, TEN);
    pass(ONE);
    assertEquals(new Lease(ROLLOUT, JANE, 1, TEN, false, Duration.ZERO), granted(JANE, TEN));
    assertInstanceOf(Taken.class, leases.take(ROLLOUT, JANE_LATER, TEN));
  }

  @Test
  void aLeaseThatEndedIsGrantedToTheNext() throws PortException {
    Lease old = granted(JANE, TEN);
    pass(TEN);
    assertEquals(Optional.empty(), leases.holder(ROLLOUT));
    assertEquals(new Lease(ROLLOUT, CI, 2, ONE, false, Duration.ZERO), granted(CI, ONE));
    assertEquals(Optional.empty(), leases.renew(old, TEN));
    leases.release(old);
    assertEquals(Optional.of(new Taken(CI, 2, ONE, false)), leases.holder(ROLLOUT));
  }

  @Test
  void renewingMakesItLast() throws PortException {
    Lease lease = granted(JANE, TEN);
    pass(TEN.minus(ONE));
    Lease renewed = leases.renew(lease, TEN).orElseThrow();
    assertEquals(new Lease(ROLLOUT, JANE, 1, TEN, false, Duration.ZERO), renewed);
    pass(TEN.minusMillis(1));
    assertInstanceOf(Taken.class, leases.take(ROLLOUT, CI, TEN));
  }

  @Test
  void aLeaseThatEndedAndNobodyTookMayBeRenewed() throws PortException {
    Lease lease = granted(JANE, TEN);
    pass(TEN.plus(ONE));
    assertEquals(1, leases.renew(lease, TEN).orElseThrow().epoch());
    assertInstanceOf(Taken.class, leases.take(ROLLOUT, CI, TEN));
  }

  @Test
  void aLeaseThatWasGivenBackIsFreeAndItsEpochGoesOn() throws PortException {
    Lease first = granted(JANE, TEN);
    leases.release(first);
    assertEquals(Optional.empty(), leases.holder(ROLLOUT));
    assertEquals(Optional.empty(), leases.renew(first, TEN));
    Lease second = granted(CI, TEN);
    assertEquals(new Lease(ROLLOUT, CI, 2, TEN, false, Duration.ZERO), second);
    leases.release(second);
    leases.release(second);
    assertEquals(3, granted(CI, TEN).epoch());
  }

  @Test
  void aHolderThatIsGoneIsSucceededAtOnce() throws PortException {
    Lease old = granted(JANE, TEN);
    pass(ONE);
    gone.add(JANE);
    assertEquals(Optional.empty(), leases.holder(ROLLOUT));
    Lease lease = granted(CI, TEN);
    assertEquals(new Lease(ROLLOUT, CI, 2, TEN, true, TEN.minus(ONE)), lease);
    assertEquals(Optional.empty(), leases.renew(old, TEN));
  }

  @Test
  void whatAHolderThatIsGoneLeftIsRememberedUntilItEnds() throws PortException {
    granted(JANE, TEN);
    gone.add(JANE);
    Lease lease = granted(CI, ONE);
    pass(ONE);
    Lease renewed = leases.renew(lease, ONE).orElseThrow();
    assertEquals(new Lease(ROLLOUT, CI, 2, ONE, true, TEN.minus(ONE)), renewed);
    leases.release(renewed);
    Lease next = granted(JANE_LATER, TEN);
    assertEquals(new Lease(ROLLOUT, JANE_LATER, 3, TEN, true, TEN.minus(ONE)), next);
    pass(TEN.minus(ONE));
    Lease free = leases.renew(next, TEN).orElseThrow();
    assertEquals(new Lease(ROLLOUT, JANE_LATER, 3, TEN, false, Duration.ZERO), free);
  }

  @Test
  void ofManyThatAskAtOnceOneGetsIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Leases.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Holder holder = new Holder("runner " + i, "host " + i, i, START);
        answers.add(threads.submit(() -> leases.take(ROLLOUT, holder, TEN)));
      }
      Set<Long> epochs = new HashSet<>();
      int granted = 0;
      for (Future<Leases.Answer> answer : answers) {
        granted += answer.get() instanceof Granted ? 1 : 0;
        epochs.add(leases.holder(ROLLOUT).orElseThrow().epoch());
      }
      assertEquals(1, granted);
      assertEquals(Set.of(1L), epochs);
    } finally {
      threads.shutdownNow();
    }
    assertTrue(leases.holder(ROLLOUT).isPresent());
  }

  private Lease granted(Holder holder, Duration duration) throws PortException {
    return assertInstanceOf(Granted.class, leases.take(ROLLOUT, holder, duration)).lease();
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
  }
}
