package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.core.Actor;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Head;
import rollout.port.History;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.StaleVersion;

/** What every journal does. */
abstract class JournalContractTest {
  private static final RolloutId FIRST = new RolloutId("first");
  private static final RolloutId SECOND = new RolloutId("second");
  private static final RolloutId THIRD = new RolloutId("third");
  private static final Event ABORT =
      new Event.AbortRequested(Examples.AT, List.of("dev"), Actor.PROGRAM, Optional.empty());

  private Journal journal;

  /** A new, empty journal. */
  abstract Journal open() throws PortException;

  /** The same journal as another process would see it. */
  abstract Journal another() throws PortException;

  @BeforeEach
  void openIt() throws PortException {
    journal = open();
  }

  @AfterEach
  void closeIt() {
    journal.close();
  }

  @Test
  void anUnknownRolloutHasNoEvents() throws PortException {
    assertEquals(new History(FIRST, List.of()), journal.read(FIRST));
    assertEquals(0, journal.version(FIRST));
    assertEquals(Optional.empty(), journal.newest(Examples.FLAG, Journal.Kind.ANY));
    assertEquals(List.of(), journal.list(Journal.Kind.ANY));
  }

  @Test
  void whatIsAppendedIsReadInOrder() throws Exception {
    List<Event> examples = Examples.events();
    int all = examples.size();
    assertEquals(10, journal.append(Examples.ROLLOUT, 0, examples.subList(0, 10)));
    assertEquals(all, journal.append(Examples.ROLLOUT, 10, examples.subList(10, all)));
    assertEquals(all, journal.version(Examples.ROLLOUT));
    assertEquals(examples, journal.read(Examples.ROLLOUT).events());
    assertEquals(examples.subList(all - 2, all), journal.readAfter(Examples.ROLLOUT, all - 2));
    assertEquals(List.of(), journal.readAfter(Examples.ROLLOUT, all));
  }

  @Test
  void theHeadMovesWithEachEventAndSealsWhatIsBehindIt() throws Exception {
    assertEquals(Head.START, journal.head(FIRST));
    assertTrue(journal.holds(FIRST, Head.START));
    start(FIRST, false);
    Head first = journal.head(FIRST);
    assertEquals(1, first.seq());
    journal.append(FIRST, 1, List.of(held(2), held(3)));
    Head third = journal.head(FIRST);
    assertEquals(3, third.seq());
    assertNotEquals(first.hash(), third.hash());
    assertTrue(journal.holds(FIRST, first));
    assertTrue(journal.holds(FIRST, third));
    assertFalse(journal.holds(FIRST, new Head(3, first.hash())));
    assertFalse(journal.holds(FIRST, new Head(4, third.hash())));
    assertFalse(journal.holds(SECOND, first));
    try (Journal other = another()) {
      assertEquals(third, other.head(FIRST));
    }
  }

  @Test
  void aStaleAppendWritesNothing() throws Exception {
    start(FIRST, false);
    journal.append(FIRST, 1, List.of(held(2), held(3)));
    History before = journal.read(FIRST);
    for (long stale : new long[] {0, 1, 2, 4}) {
      assertThrows(StaleVersion.class, () -> journal.append(FIRST, stale, List.of(held(9))));
    }
    assertThrows(StaleVersion.class, () -> journal.append(SECOND, 1, List.of(held(9))));
    assertEquals(before, journal.read(FIRST));
    assertEquals(0, journal.version(SECOND));
    assertEquals(1, journal.list(Journal.Kind.ANY).size());
  }

  @Test
  void aRolloutBeginsWithItsOwnStarted() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> journal.append(FIRST, 0, List.of(held(1))));
    assertThrows(
        IllegalArgumentException.class,
        () -> journal.append(FIRST, 0, List.of(Examples.started(SECOND, false))));
    assertThrows(IllegalArgumentException.class, () -> journal.append(FIRST, 0, List.of()));
    assertEquals(List.of(), journal.list(Journal.Kind.ANY));
    start(FIRST, false);
  }

  @Test
  void aSecondUnfinishedRolloutOfAFlagIsRefused() throws Exception {
    start(FIRST, false);
    assertThrows(StaleVersion.class, () -> start(SECOND, false));
    assertEquals(0, journal.version(SECOND));
    journal.append(FIRST, 1, List.of(new Event.RolledBack(Examples.AT, "harm")));
    start(SECOND, false);
    journal.append(SECOND, 1, List.of(new Event.Aborted(Examples.AT, "enough")));
    start(THIRD, false);
    journal.append(THIRD, 1, List.of(new Event.Completed(Examples.AT)));
    assertTrue(journal.list(Journal.Kind.REAL).stream().allMatch(Journal.Entry::finished));
  }

  @Test
  void whatIsAbortedAfterItsEndIsNotOverBeforeItIsSealed() throws Exception {
    start(FIRST, false);
    journal.append(FIRST, 1, List.of(new Event.Completed(Examples.AT)));
    journal.append(FIRST, 2, List.of(ABORT));
    assertFalse(journal.list(Journal.Kind.REAL).get(0).finished());
    assertThrows(StaleVersion.class, () -> start(SECOND, false));
    journal.append(FIRST, 3, List.of(new Event.Sealed(Examples.AT, "dev")));
    assertFalse(journal.list(Journal.Kind.REAL).get(0).finished());
    journal.append(FIRST, 4, List.of(new Event.Aborted(Examples.AT, "enough")));
    assertTrue(journal.list(Journal.Kind.REAL).get(0).finished());
    start(SECOND, false);
  }

  @Test
  void anAbortThatComesAfterTheNextRolloutBeganLeavesThatOneTheOnlyOneUnderWay() throws Exception {
    start(FIRST, false);
    journal.append(FIRST, 1, List.of(new Event.Completed(Examples.AT)));
    start(SECOND, false);
    assertEquals(3, journal.append(FIRST, 2, List.of(ABORT)));
    assertEquals(
        List.of(SECOND),
        journal.list(Journal.Kind.REAL).stream()
            .filter(entry -> !entry.finished())
            .map(Journal.Entry::rollout)
            .toList());
  }

  @Test
  void anyNumberOfSandboxRolloutsMayBeUnderWay() throws Exception {
    start(FIRST, true);
    start(SECOND, true);
    start(THIRD, false);
    start(new RolloutId("fourth"), true);
    assertThrows(StaleVersion.class, () -> start(new RolloutId("fifth"), false));
  }

  @Test
  void theNewestIsTheOneStartedLastOfItsKind() throws Exception {
    start(FIRST, false);
    journal.append(FIRST, 1, List.of(new Event.Completed(Examples.AT)));
    start(SECOND, false);
    start(THIRD, true);
    journal.append(SECOND, 1, List.of(held(2)));
    assertEquals(Optional.of(SECOND), journal.newest(Examples.FLAG, Journal.Kind.REAL));
    assertEquals(Optional.of(THIRD), journal.newest(Examples.FLAG, Journal.Kind.ANY));
    assertEquals(Optional.empty(), journal.newest(new FlagName("other"), Journal.Kind.ANY));
    Journal.Entry third = new Journal.Entry(THIRD, Examples.FLAG, true, false);
    Journal.Entry second = new Journal.Entry(SECOND, Examples.FLAG, false, false);
    Journal.Entry first = new Journal.Entry(FIRST, Examples.FLAG, false, true);
    assertEquals(List.of(third, second, first), journal.list(Journal.Kind.ANY));
    assertEquals(List.of(second, first), journal.list(Journal.Kind.REAL));
  }

  @Test
  void anotherProcessSeesWhatWasWritten() throws Exception {
    start(FIRST, false);
    try (Journal other = another()) {
      assertEquals(1, other.version(FIRST));
      assertEquals(2, other.append(FIRST, 1, List.of(held(2))));
      assertThrows(StaleVersion.class, () -> journal.append(FIRST, 1, List.of(held(2))));
      assertEquals(other.read(FIRST), journal.read(FIRST));
    }
  }

  @Test
  void ofTwoThatRaceExactlyOneWinsEachVersion() throws Exception {
    start(FIRST, false);
    race(journal, journal, 1);
    try (Journal other = another()) {
      race(journal, other, journal.version(FIRST));
    }
  }

  /** Two threads append {@code 100} times each; a loser reads again and goes on. */
  private static void race(Journal a, Journal b, long from) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<List<Long>> first = threads.submit(appending(a, "a"));
      Future<List<Long>> second = threads.submit(appending(b, "b"));
      List<Long> won = new ArrayList<>(first.get());
      won.addAll(second.get());
      assertEquals(200, won.stream().distinct().count());
      assertEquals(from + 200, a.version(FIRST));
      assertEquals(from + 200, a.read(FIRST).events().size());
      assertEquals(a.read(FIRST), b.read(FIRST));
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<List<Long>> appending(Journal journal, String who) {
    return () -> {
      List<Long> won = new ArrayList<>();
      while (won.size() < 100) {
        long seen = journal.version(FIRST);
        Event event = new Event.Held(Examples.AT, HoldKind.PERSON, who + won.size(), Actor.PROGRAM);
        try {
          won.add(journal.append(FIRST, seen, List.of(event)));
        } catch (StaleVersion lost) {
          assertTrue(journal.version(FIRST) > seen, lost.getMessage());
        }
      }
      return won;
    };
  }

  private void start(RolloutId rollout, boolean sandbox) throws Exception {
    assertEquals(1, journal.append(rollout, 0, List.of(Examples.started(rollout, sandbox))));
  }

  private static Event held(int number) {
    return new Event.Held(Examples.AT, HoldKind.PERSON, "number " + number, Actor.PROGRAM);
  }
}
