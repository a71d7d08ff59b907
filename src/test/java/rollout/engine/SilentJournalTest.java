package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Plans.FLAG;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.core.Actor;
import rollout.core.Decider;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.Phase;
import rollout.judge.Reading;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.Safety;
import rollout.port.Flags;
import rollout.port.Leases;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.testing.FakeFlags;
import rollout.testing.FakeSignals;
import rollout.testing.Histories;
import rollout.testing.InMemoryLeases;
import rollout.testing.MoodyJournal;
import rollout.testing.MoodyJournal.Mood;

/** A state that does not answer stops every raise, and no rollback (invariant I6). */
class SilentJournalTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final MoodyJournal journal = new MoodyJournal();
  private final FakeFlags flags = new FakeFlags(this::now, new Flags.User(42, "rollout"));
  private final FakeSignals signals = new FakeSignals();
  private Mood mood = Mood.SILENT;
  private Instant now;
  private Instant speaksAt;

  private Instant now() {
    return now;
  }

  @Test
  void aRollbackThatWasDecidedIsSeenThrough() throws Exception {
    Histories told = Histories.baking("low").rollback("low", "grpc-errors", "3.1% errors");
    silentFor(told, AN_HOUR);
    flags.set(FLAG, Histories.gates(five()));

    assertEquals(Optional.of(Goal.Reached.END), drive(told, Goal.end()));

    assertTrue(flags.gates(FLAG).isOff());
    assertTrue(offAt().isBefore(speaksAt), () -> "off at " + offAt() + ", not after the silence");
    assertEquals(List.of("SwitchedOff", "SwitchedOff", "Sealed", "RolledBack"), since(told));
  }

  @Test
  void harmThatIsSeenMeanwhileIsTakenBack() throws Exception {
    Histories told = Histories.baking("low").looks("low", 3, Histories.allPass());
    silentFor(told, AN_HOUR);
    flags.set(FLAG, Histories.gates(five()));
    signals.answer("gitaly_service_client_requests_total", new Reading.Value(1000));
    signals.answer("grpc_code", new Reading.Value(500));

    assertEquals(Optional.of(Goal.Reached.END), drive(told, Goal.end()));

    assertTrue(flags.gates(FLAG).isOff());
    assertTrue(offAt().isBefore(speaksAt), () -> "off at " + offAt() + ", not after the silence");
    List<String> recorded = since(told);
    assertTrue(recorded.contains("RollbackDecided"), recorded::toString);
  }

  @Test
  void nothingIsRaised() throws Exception {
    Histories told = Histories.started().entered("dev");
    silentFor(told, AN_HOUR);

    drive(told, Goal.until(told.now().plus(AN_HOUR).minusSeconds(60)).or(untilSpoken()));

    List<FakeFlags.Write> early =
        flags.writes().stream().filter(write -> write.at().isBefore(speaksAt)).toList();
    assertEquals(List.of(), early, "no marker, no raise");
  }

  @Test
  void whatWasWrittenUnheardIsNotWrittenAgain() throws Exception {
    Histories told = Histories.baking("low").rollback("low", "grpc-errors", "3.1% errors");
    silentFor(told, Duration.ofMinutes(2));
    mood = Mood.WRITES_UNHEARD;
    flags.set(FLAG, Histories.gates(five()));

    drive(told, Goal.end());

    assertEquals(List.of("SwitchedOff", "SwitchedOff", "Sealed", "RolledBack"), since(told));
  }

  @Test
  void whatOthersWroteMeanwhileIsTakenIn() throws Exception {
    Histories told = Histories.baking("low").rollback("low", "grpc-errors", "3.1% errors");
    silentFor(told, AN_HOUR);
    Desk desk = Desk.open(spoken(), told.state().rollout(), Observer.NONE);
    journal.turn(Mood.SILENT);
    desk.decide(
        state -> Decider.decide(state, new Input.ExposureSet(now, "production", GateState.OFF)));
    assertThrows(PortException.class, desk::requireRecorded);
    spoken()
        .append(
            told.state().rollout(),
            told.events().size(),
            List.of(new Event.Held(now, HoldKind.PERSON, "lunch", Actor.PROGRAM)));

    desk.refresh();

    assertEquals(List.of("Held", "SwitchedOff"), since(told));
    assertEquals(Phase.SEALING, desk.state().phase());
    assertEquals(journal.version(told.state().rollout()), desk.state().version());
  }

  private static Exposure five() {
    return Exposure.parse("5%");
  }

  private void silentFor(Histories told, Duration silence) throws Exception {
    now = told.now();
    speaksAt = now.plus(silence);
    journal.append(told.state().rollout(), 0, told.events());
  }

  private MoodyJournal spoken() {
    journal.turn(Mood.WELL);
    return journal;
  }

  private Goal untilSpoken() {
    return (state, at, idle) ->
        at.isBefore(speaksAt) ? Optional.empty() : Optional.of(Goal.Reached.TIME_IS_UP);
  }

  private Optional<Goal.Reached> drive(Histories told, Goal goal) throws Exception {
    Desk desk = open(told);
    Safety safety = told.state().plan().safety();
    InMemoryLeases leases = new InMemoryLeases(this::now);
    Leases.Holder self = new Leases.Holder("ana", "here", 1, now);
    Leases.Granted granted =
        (Leases.Granted) leases.take(told.state().rollout(), self, safety.lease());
    Tenure tenure =
        new Tenure(
            leases,
            new Lent(granted.lease(), Duration.between(Instant.EPOCH, now).toNanos()),
            () -> Duration.between(Instant.EPOCH, now).toNanos(),
            safety::lease,
            safety::effectiveInFlight);
    Servers servers = new Servers(name -> flags, name -> signals, name -> null);
    return new Driver(desk, tenure, servers, Workers.INLINE, this::now, waiter(), Observer.NONE)
        .drive(goal);
  }

  private Desk open(Histories told) throws PortException {
    Desk desk = Desk.open(spoken(), told.state().rollout(), Observer.NONE);
    journal.turn(mood);
    return desk;
  }

  /** Jumps over every wait; the journal answers again when its time has come. */
  private Waiter waiter() {
    return new Waiter() {
      @Override
      public void awaitUntil(Instant until) {
        now = until.isAfter(now) ? until : now.plusMillis(1);
        if (!now.isBefore(speaksAt)) {
          journal.turn(Mood.WELL);
        }
      }

      @Override
      public void wake() {}
    };
  }

  private Instant offAt() {
    return flags.writes().stream()
        .filter(write -> write.what().equals("off"))
        .map(FakeFlags.Write::at)
        .findFirst()
        .orElse(Instant.MAX);
  }

  private List<String> since(Histories told) throws PortException {
    return journal.readAfter(told.state().rollout(), told.events().size()).stream()
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }
}
