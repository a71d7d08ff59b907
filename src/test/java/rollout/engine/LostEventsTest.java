package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.core.Actor;
import rollout.core.Decider;
import rollout.core.Decision;
import rollout.core.Event;
import rollout.core.Exchange;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.Phase;
import rollout.plan.GateState;
import rollout.plan.RolloutId;
import rollout.port.PortException;
import rollout.testing.Histories;
import rollout.testing.InMemoryJournal;

/**
 * A journal that lost what was seen in it: nothing is raised any more, and all can be taken back.
 */
class LostEventsTest {
  private final InMemoryJournal journal = new InMemoryJournal();

  @Test
  void aVersionThatWentDownIsHeld() throws Exception {
    Histories told = Histories.baking("low").looks("low", 3, Histories.allPass());
    Desk desk = opened(told);
    lose(told, 2);

    assertFalse(desk.isCurrent());
    assertEquals(Decision.NOTHING, tick(desk, told));
    assertEquals(told.events().size() - 2, desk.state().version());
    desk.holdAfterLoss(told.now());

    assertHeld(
        desk,
        "ends with event %d, though event %d had been seen: an older copy was put in its place"
            .formatted(told.events().size() - 2, told.events().size()));
    assertTrue(desk.isCurrent());
    desk.holdAfterLoss(told.now());
    assertEquals(told.events().size() - 1, journal.version(id(told)));
  }

  @Test
  void anotherEventInThePlaceOfOneThatWasSeenIsHeld() throws Exception {
    Histories told = Histories.baking("low").looks("low", 3, Histories.allPass());
    Desk desk = opened(told);
    List<Event> changed = new ArrayList<>(told.events());
    changed.set(
        changed.size() - 1,
        new Event.Resumed(told.now(), List.of(), Optional.empty(), Actor.PROGRAM, Map.of()));
    changed.add(new Event.Answered(told.now(), "production"));
    journal.restore(id(told), changed);

    assertFalse(desk.isCurrent());
    assertEquals(Decision.NOTHING, tick(desk, told));
    desk.holdAfterLoss(told.now());

    assertHeld(desk, "has another event " + told.events().size() + " than the one that had been");
  }

  @Test
  void whatIsBeingTakenBackIsSeenThroughFromMemory() throws Exception {
    Histories told = Histories.baking("low").rollback("low", "grpc-errors", "3.1% errors");
    Desk desk = opened(told);
    int decided = told.events().size();
    lose(told, 1);

    Decision decision =
        desk.decide(
            state ->
                Decider.decide(
                    state,
                    new Input.SwitchedOff(Exchange.at(told.now()), "production", GateState.OFF)));

    assertFalse(decision.events().isEmpty());
    assertEquals(Phase.SEALING, desk.state().phase());
    assertEquals(decided - 1, journal.version(id(told)));
    PortException said = assertThrows(PortException.class, desk::requireRecorded);
    assertEquals(PortException.Kind.REFUSED, said.kind());
    assertTrue(said.getMessage().contains("an older copy was put in its place"), said::getMessage);
  }

  @Test
  void anAbortIsRecordedBeforeTheHold() throws Exception {
    Histories told = Histories.baking("low").looks("low", 3, Histories.allPass());
    Desk desk = opened(told);
    lose(told, 2);

    desk.decide(
        state ->
            Decider.decide(
                state,
                new Input.Abort(
                    told.now(), List.of("production"), Actor.PROGRAM, Optional.empty())));

    assertTrue(desk.state().takeBack().isPresent());
    assertTrue(
        journal.read(id(told)).events().stream()
            .anyMatch(event -> event instanceof Event.AbortRequested));
    desk.holdAfterLoss(told.now());
    assertEquals(Phase.ROLLING_BACK, desk.state().phase());
  }

  @Test
  void aRolloutThatVanishedIsWatchedOnAndNotRaised() throws Exception {
    Histories told = Histories.baking("low").looks("low", 3, Histories.allPass());
    Desk desk = opened(told);
    journal.restore(id(told), List.of());

    assertFalse(desk.isCurrent());
    assertEquals(
        PortException.Kind.NOT_DONE, assertThrows(PortException.class, desk::refresh).kind());
    assertEquals(told.events().size(), desk.state().version());
  }

  @Test
  void whatOthersWroteIsNoLoss() throws Exception {
    Histories told = Histories.baking("low").looks("low", 3, Histories.allPass());
    Desk desk = opened(told);
    journal.append(
        id(told),
        told.events().size(),
        List.of(new Event.Held(told.now(), HoldKind.PERSON, "lunch", Actor.PROGRAM)));

    desk.refresh();
    desk.holdAfterLoss(told.now());

    assertEquals(List.of(HoldKind.PERSON), List.copyOf(desk.state().holds().keySet()));
    assertTrue(desk.isCurrent());
  }

  private Desk opened(Histories told) throws Exception {
    journal.append(id(told), 0, told.events());
    Desk desk = Desk.open(journal, id(told), Observer.NONE);
    desk.refresh();
    assertTrue(desk.isCurrent());
    return desk;
  }

  private void lose(Histories told, int events) {
    journal.restore(id(told), told.events().subList(0, told.events().size() - events));
  }

  private static Decision tick(Desk desk, Histories told) throws PortException {
    return desk.decide(state -> Decider.decide(state, new Input.Tick(told.now())));
  }

  private static RolloutId id(Histories told) {
    return told.state().rollout();
  }

  private static void assertHeld(Desk desk, String why) {
    assertEquals(Phase.HELD, desk.state().phase());
    String reason = desk.state().holds().get(HoldKind.DRIFT).reason();
    assertTrue(reason.contains(why), reason);
  }
}
