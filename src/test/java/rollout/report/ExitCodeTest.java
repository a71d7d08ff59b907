package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.testing.Histories;
import rollout.testing.Scenes;

class ExitCodeTest {
  private static final Map<Scenes, Integer> EXPECTED =
      Map.ofEntries(
          Map.entry(Scenes.JUST_STARTED, 7),
          Map.entry(Scenes.ENTERING, 7),
          Map.entry(Scenes.RAISING, 7),
          Map.entry(Scenes.UNGUARDED, 7),
          Map.entry(Scenes.BAKING, 7),
          Map.entry(Scenes.PENDING_BREACH, 7),
          Map.entry(Scenes.EVIDENCE_HOLD, 4),
          Map.entry(Scenes.HELD_BY_PERSON, 4),
          Map.entry(Scenes.AWAITING_WINDOW, 7),
          Map.entry(Scenes.INCIDENT_HOLD, 4),
          Map.entry(Scenes.AT_LIMIT, 7),
          Map.entry(Scenes.AWAITING_APPROVAL, 4),
          Map.entry(Scenes.NEXT_STAGE_ENTERING, 7),
          Map.entry(Scenes.ROLLING_BACK, 30),
          Map.entry(Scenes.SEALING, 20),
          Map.entry(Scenes.ROLLED_BACK, 20),
          Map.entry(Scenes.ABORTED, 21),
          Map.entry(Scenes.COMPLETED, 0));

  @ParameterizedTest
  @EnumSource(Scenes.class)
  void everyMomentHasItsCode(Scenes scene) {
    assertEquals(EXPECTED.get(scene), ExitCode.of(scene.tell().state()).number());
  }

  @Test
  void aLimitBesideAnotherHoldIsHeld() {
    Histories told = Scenes.AT_LIMIT.tell().held(HoldKind.PERSON, "wait");
    assertEquals(ExitCode.HELD, ExitCode.of(told.state()));
  }

  @Test
  void anApprovalThatWasGivenWaitsForNobody() {
    Histories told = Scenes.AWAITING_APPROVAL.tell();
    told.add(new Event.Approved(told.now(), "staging", Histories.ANA, Optional.empty()));
    assertEquals(ExitCode.IN_PROGRESS, ExitCode.of(told.state()));
  }

  @Test
  void anAbortBeforeOffIsNotVerifiedAndAfterItIsAborted() {
    Histories told = Histories.baking("low").later(Duration.ofMinutes(1));
    told.add(
        new Event.AbortRequested(
            told.now(), List.of("production"), Histories.ANA, Optional.empty()));
    assertEquals(ExitCode.NOT_VERIFIED, ExitCode.of(told.state()));
    told.add(new Event.SwitchedOff(told.now(), "production"));
    assertEquals(ExitCode.ABORTED, ExitCode.of(told.state()));
  }

  @Test
  void theGravestCounts() {
    List<Integer> order = Stream.of(30, 1, 20, 21, 6, 4, 2, 3, 5, 7, 0).toList();
    assertEquals(order, Stream.of(ExitCode.values()).map(ExitCode::number).toList());
    assertEquals(
        ExitCode.SILENT,
        ExitCode.gravest(List.of(ExitCode.OK, ExitCode.HELD, ExitCode.SILENT, ExitCode.USAGE)));
    assertEquals(ExitCode.OK, ExitCode.gravest(List.of()));
  }
}
