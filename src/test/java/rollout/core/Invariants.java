package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rollout.judge.Verdict;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.OnBreach;
import rollout.plan.Plan;
import rollout.plan.Safety;
import rollout.plan.Stage;

/** What may never happen, recounted from the journal and from what reached the world. */
final class Invariants {
  private Plan plan;
  private final Map<String, Instant> openRaises = new HashMap<>();

  /** Where an off of somebody else was written over by a raise, and the answer showed it. */
  private final Set<String> stopped = new HashSet<>();

  /** Where the gates from before were, or may have been, put back. */
  private final Set<String> restored = new HashSet<>();

  Invariants(Plan plan) {
    this.plan = plan;
  }

  /** After each write that left the process. */
  void onWrite(RolloutState state, World.Write write, boolean killed) {
    if (write.effect() instanceof Effect.SwitchOff) {
      return;
    }
    if (write.effect() instanceof Effect.RestoreBaseline back) {
      onRestore(state, back, write, killed);
      return;
    }
    assertTrue(state.takeBack().isEmpty() && state.end().isEmpty(), () -> "I1: " + write);
    if (write.effect() instanceof Effect.SetMarker marker) {
      assertEquals(World.MARKER, marker.actorGate(), "I3");
    } else if (write.effect() instanceof Effect.SetExposure raise) {
      onRaise(state, raise, write, killed);
    }
  }

  /** I1: once, sealed, after no abort, what was recorded, never a percentage, never our marker. */
  private void onRestore(
      RolloutState state, Effect.RestoreBaseline back, World.Write write, boolean killed) {
    TakeBack going = state.takeBack().orElseThrow();
    GateState before = state.environment(back.environment()).before().orElseThrow();
    assertTrue(going.isSealed() && !going.byPerson(), () -> "I1: " + write);
    assertEquals(Safety.RollbackTo.BASELINE, plan.safety().rollbackTo(), "I1");
    assertEquals(Restore.Step.PENDING, going.restores().get(back.environment()).step(), "I4");
    assertEquals(GateState.of(before.actors(), before.groups()), back.gates(), "I3");
    assertFalse(back.gates().actors().contains(World.MARKER), "I3: the marker");
    boolean known = write.fate() == World.Fate.REFUSED || write.fate() == World.Fate.NOT_DONE;
    if (!known || killed) {
      assertTrue(restored.add(back.environment()), () -> "I1: a second time: " + write);
    }
  }

  private void onRaise(
      RolloutState state, Effect.SetExposure raise, World.Write write, boolean killed) {
    String environment = raise.environment();
    Exposure wanted =
        state.stepBack().map(StepBack::exposure).orElse(state.stage().orElseThrow().exposure());
    assertEquals(wanted, raise.exposure(), "I3");
    assertTrue(state.environment(environment).intent().isPresent(), "I4: no durable intent");
    if (state.stepBack().isEmpty()) {
      inItsTurn(state, environment, write);
    }
    Duration settled = plan.safety().effectiveInFlight().plus(plan.safety().propagation());
    Instant open = openRaises.get(environment);
    assertFalse(
        open != null && write.at().isBefore(open.plus(settled)),
        () -> "I4: raised again at " + write.at() + " while the raise of " + open + " is open");
    assertFalse(stopped.contains(environment), () -> "I8: raised after an off: " + write);
    boolean visible =
        plan.safety().marker() == Safety.Marker.SELF && !raise.exposure().isFull() && !killed;
    if (visible && write.fate() == World.Fate.OVERTAKEN) {
      stopped.add(environment);
    }
    boolean known = write.fate() == World.Fate.REFUSED || write.fate() == World.Fate.NOT_DONE;
    if (!known || killed) {
      openRaises.put(environment, write.at());
    }
  }

  /** Cells are raised one by one, and each is in force everywhere before the next. */
  private void inItsTurn(RolloutState state, String cell, World.Write write) {
    Map<String, Instant> confirmed = state.progress().confirmed();
    for (String before : state.stage().orElseThrow().environments()) {
      if (before.equals(cell)) {
        return;
      }
      Instant at = confirmed.get(before);
      assertTrue(
          at != null && !write.at().isBefore(at.plus(plan.safety().propagation())),
          () -> "raised in " + cell + " before " + before + " was in force: " + write);
    }
    throw new AssertionError("raised where the stage is not: " + write);
  }

  /** Before each event that is recorded. */
  void onEvent(RolloutState state, Event event, List<Event> journal) {
    if (event instanceof Event.ExposureConfirmed e) {
      openRaises.remove(e.environment());
    } else if (event instanceof Event.ExposureIntended) {
      mayRise(state, event.at(), journal);
    } else if (event instanceof Event.Replanned e) {
      plan = e.plan();
    }
  }

  /** I2, for the stage that was verified last. */
  private void mayRise(RolloutState state, Instant now, List<Event> journal) {
    if (state.stepBack().isPresent()) {
      return;
    }
    assertTrue(state.holds().isEmpty(), () -> "raised while held: " + state.holds());
    int from = lastIndex(journal, Event.StageVerified.class);
    if (from < 0) {
      return;
    }
    Event.StageVerified verified = (Event.StageVerified) journal.get(from);
    Stage stage = plan.stages().get(plan.indexOf(verified.stage()).orElseThrow());
    List<Event> since = journal.subList(Math.max(from, lastAnew(journal)), journal.size());
    if (stage.approval().isPresent()) {
      assertTrue(
          since.stream().anyMatch(Event.Approved.class::isInstance)
              || since.stream().noneMatch(Event.StagePassed.class::isInstance),
          "I2: no approval");
    }
    boolean excepted =
        stage.unguarded() || since.stream().anyMatch(Event.Promoted.class::isInstance);
    if (!excepted) {
      hasEvidence(stage, verified, since, now);
    }
  }

  private void hasEvidence(
      Stage stage, Event.StageVerified verified, List<Event> since, Instant now) {
    List<Event.Judged> looks =
        since.stream()
            .filter(Event.Judged.class::isInstance)
            .map(Event.Judged.class::cast)
            .toList();
    long planned = Looks.of(stage, verified.at(), plan.judgement().lag()).planned();
    boolean goesOn = since.stream().anyMatch(Event.StagePassed.class::isInstance);
    for (String guardrail : goesOn ? stage.guardrails() : List.<String>of()) {
      long good =
          looks.stream()
              .flatMap(look -> look.findings().stream())
              .filter(one -> one.guardrail().equals(guardrail) && isGood(one))
              .count();
      assertTrue(
          good * 10 >= planned * 9, () -> "I2: " + guardrail + " " + good + " of " + planned);
    }
    Event.Judged last = looks.get(looks.size() - 1);
    assertTrue(isGood(last), () -> "I2: the last look was " + last);
    Duration age = Duration.between(last.dueAt(), now);
    Duration most = stage.interval().multipliedBy(2).plusSeconds(2);
    assertTrue(age.compareTo(most) <= 0, () -> "I2: the last look is " + age + " old");
  }

  private boolean isGood(Event.Judged look) {
    return look.findings().stream().allMatch(this::isGood);
  }

  private boolean isGood(Finding one) {
    return one.kind() == Verdict.Kind.PASS
        || !Advancing.isExposureCheck(one.guardrail())
            && plan.guardrail(one.guardrail()).onBreach() == OnBreach.WARN
            && one.isConclusive();
  }

  /** What was seen under another plan is no evidence. */
  private static int lastAnew(List<Event> journal) {
    int last = lastIndex(journal, Event.Replanned.class);
    return last >= 0 && ((Event.Replanned) journal.get(last)).beginsAnew() ? last : -1;
  }

  private static int lastIndex(List<Event> journal, Class<? extends Event> type) {
    for (int i = journal.size() - 1; i >= 0; i--) {
      if (type.isInstance(journal.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
