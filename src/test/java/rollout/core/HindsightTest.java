package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.judge.Verdict;
import rollout.plan.Role;

/** The machine decides the past again, and finds what was changed in it. */
class HindsightTest {
  /** Each is judged in a state that is folded anew; a week of them would take minutes. */
  private static final int FIRST_LOOKS = 60;

  static List<Path> transcripts() throws IOException {
    return TranscriptTest.files();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void whateverHappenedIsDecidedAgainInTheSameWay(Path transcript) {
    List<Event> events = Transcript.play(transcript).driver().journal;
    int looks = 0;
    for (int seq = 1; seq <= events.size(); seq++) {
      boolean isLook = events.get(seq - 1) instanceof Event.Judged;
      looks += isLook ? 1 : 0;
      if (events.get(seq - 1) instanceof Event.Measured || isLook && looks > FIRST_LOOKS) {
        continue;
      }
      Hindsight hindsight = Hindsight.of(events, seq);
      int number = seq;
      assertEquals(
          List.of(), hindsight.differences(), () -> "event " + number + ": " + hindsight.event());
    }
  }

  @Test
  void aReadingThatWasChangedComesOutOtherwise() {
    List<Event> events = threeBadLooks();
    int rollback = indexOf(events, Event.RollbackDecided.class) + 1;
    int measured = rollback - 2;
    events.set(measured - 1, tampered((Event.Measured) events.get(measured - 1)));

    for (int seq : List.of(measured, measured + 1, rollback)) {
      Hindsight hindsight = Hindsight.of(events, seq);
      assertTrue(hindsight.decided());
      List<String> fields =
          hindsight.differences().stream()
              .filter(one -> one.of().equals("errors"))
              .map(Difference::field)
              .toList();
      assertEquals(List.of("verdict", "reason", "value", "breached"), fields);
      assertTrue(
          hindsight.differences().contains(new Difference("errors", "value", "0.05", "0.009")),
          () -> hindsight.differences().toString());
    }
    assertTrue(
        Hindsight.of(events, rollback)
            .differences()
            .contains(new Difference("RollbackDecided", "decision", "decided", "not decided")));
  }

  @Test
  void aVerdictThatWasChangedComesOutOtherwise() {
    List<Event> events = threeBadLooks();
    int judged = indexOf(events, Event.RollbackDecided.class) - 1;
    Event.Judged look = (Event.Judged) events.get(judged);
    List<Finding> findings = new ArrayList<>(look.findings());
    Finding bad =
        findings.stream().filter(one -> one.kind() == Verdict.Kind.FAIL).findFirst().orElseThrow();
    findings.set(
        findings.indexOf(bad),
        new Finding(
            bad.guardrail(), bad.kind(), bad.reason(), Optional.of(0.07), bad.limit(), true));
    events.set(
        judged, new Event.Judged(look.at(), look.stage(), look.look(), look.dueAt(), findings));
    assertEquals(
        List.of(new Difference("errors", "value", "0.07", "0.05")),
        Hindsight.of(events, judged + 1).differences());
  }

  @Test
  void aRollbackWhoseNumberWasChangedComesOutOtherwise() {
    List<Event> events = threeBadLooks();
    int index = indexOf(events, Event.RollbackDecided.class);
    Event.RollbackDecided back = (Event.RollbackDecided) events.get(index);
    events.set(
        index,
        new Event.RollbackDecided(
            back.at(),
            back.cause(),
            back.stage(),
            back.exposure(),
            back.environments(),
            back.guardrail(),
            back.reason(),
            Optional.of(0.5),
            back.limit()));
    assertEquals(
        List.of(new Difference("RollbackDecided", "value", "0.5", "0.05")),
        Hindsight.of(events, index + 1).differences());
  }

  @Test
  void aStageThatPassedTooEarlyIsFound() {
    List<Event> events =
        new ArrayList<>(
            Transcript.play(TranscriptTest.DIRECTORY.resolve("healthy.txt")).driver().journal);
    int passed = -1;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Event.StagePassed stage && stage.stage().equals("low")) {
        passed = i;
      }
    }
    events.subList(passed - 2, passed).clear();
    Hindsight early = Hindsight.of(events, passed - 1);
    assertTrue(early.event() instanceof Event.StagePassed);
    assertEquals(
        List.of(new Difference("StagePassed", "decision", "decided", "not decided")),
        early.differences());
  }

  @Test
  void whatPeopleAndServersSaidIsNotDecidedAgain() {
    List<Event> events = threeBadLooks();
    assertFalse(Hindsight.of(events, indexOf(events, Event.Approved.class) + 1).decided());
    assertFalse(Hindsight.of(events, indexOf(events, Event.SwitchedOff.class) + 1).decided());
    assertFalse(Hindsight.of(events, 1).decided());
  }

  @Test
  void theLastTurnIsWhatChangedTheCourse() {
    List<Event> events = threeBadLooks();
    assertEquals(indexOf(events, Event.RollbackDecided.class) + 1, Hindsight.lastTurn(events));
    assertEquals(1, Hindsight.lastTurn(events.subList(0, 1)));
    assertThrows(IllegalArgumentException.class, () -> Hindsight.of(events, 0));
    assertThrows(IllegalArgumentException.class, () -> Hindsight.of(events, events.size() + 1));
  }

  private static List<Event> threeBadLooks() {
    Path file = TranscriptTest.DIRECTORY.resolve("three-bad-looks.txt");
    return new ArrayList<>(Transcript.play(file).driver().journal);
  }

  private static int indexOf(List<Event> events, Class<? extends Event> type) {
    for (int i = 0; i < events.size(); i++) {
      if (type.isInstance(events.get(i))) {
        return i;
      }
    }
    throw new AssertionError("no " + type);
  }

  /** The same look with fewer errors. */
  private static Event.Measured tampered(Event.Measured look) {
    List<Measurement> measurements =
        look.measurements().stream()
            .map(
                one ->
                    one.readings().containsKey(Role.ERRORS)
                        ? new Measurement(
                            one.guardrail(),
                            one.environment(),
                            one.window(),
                            one.full(),
                            Map.of(
                                Role.ERRORS,
                                new Reading.Value(9),
                                Role.REQUESTS,
                                one.readings().get(Role.REQUESTS)))
                        : one)
            .toList();
    return new Event.Measured(look.at(), look.stage(), look.look(), look.dueAt(), measurements);
  }
}
