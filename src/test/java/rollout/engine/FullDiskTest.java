package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.core.Actor;
import rollout.core.Decider;
import rollout.core.Event;
import rollout.core.Input;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.judge.Reading;
import rollout.plan.Access;
import rollout.plan.Check;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Judgement;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;
import rollout.plan.Origin;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.plan.Safety;
import rollout.plan.SecretRef;
import rollout.plan.Source;
import rollout.plan.Stage;
import rollout.port.Flags;
import rollout.port.Journal;
import rollout.port.Leases;
import rollout.port.PortException;
import rollout.port.StaleVersion;
import rollout.rehearsal.VirtualTime;
import rollout.testing.FakeFlags;
import rollout.testing.FakeSignals;
import rollout.testing.InMemoryJournal;
import rollout.testing.InMemoryLeases;

/** A full disk must not keep a harmful flag on: a rollback needs no journal. */
class FullDiskTest {
  private static final FlagName FLAG = new FlagName("gitaly_x");
  private static final RolloutId ROLLOUT = new RolloutId("gitaly_x-1");
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final VirtualTime time = new VirtualTime(START, 1e12, System::nanoTime);
  private final FakeFlags flags = new FakeFlags(time, new Flags.User(7, "rollout-bot"));
  private final FullDisk journal = new FullDisk();
  private double errors;

  @Test
  void aBreachSwitchesOffWhileTheJournalIsFullAndIsRecordedAfterwards() throws Exception {
    Driver driver = driver();

    Optional<Goal.Reached> reached = driver.drive(Goal.end());

    assertEquals(Optional.of(Goal.Reached.END), reached);
    assertEquals(Phase.ROLLED_BACK, driver.state().phase());
    assertTrue(flags.gates(FLAG).isOff());
    assertEquals(1, raises(), "nothing was raised in memory");
  }

  private long raises() {
    return flags.writes().stream().filter(write -> write.what().contains("50")).count();
  }

  private Driver driver() throws PortException, StaleVersion {
    Plan plan = plan();
    Observer observer = new Script();
    Input.Start start =
        new Input.Start(
            START,
            ROLLOUT,
            FLAG,
            plan,
            Actor.PROGRAM,
            Optional.empty(),
            "test",
            false,
            List.of(),
            Optional.empty());
    Desk desk = Desk.begin(journal, ROLLOUT, Decider.start(start), observer);
    Leases leases = new InMemoryLeases(time);
    Leases.Holder holder = new Leases.Holder("test", "here", 1, START);
    Leases.Lease lease =
        ((Leases.Granted) leases.take(ROLLOUT, holder, Duration.ofDays(1))).lease();
    Tenure tenure =
        new Tenure(leases, lease, System::nanoTime, Duration.ofDays(1), Duration.ofMinutes(3));
    FakeSignals signals =
        new FakeSignals()
            .when(query -> query.toString().contains("errors"), window -> value(errors))
            .when(query -> query.toString().contains("requests"), window -> value(1000));
    Servers servers = new Servers(name -> flags, name -> signals);
    return new Driver(desk, tenure, servers, Workers.INLINE, time, time, observer);
  }

  private static Reading value(double number) {
    return new Reading.Value(number);
  }

  private static Plan plan() {
    SecretRef url = SecretRef.text("http://localhost", Origin.NONE);
    Guardrail guardrail =
        new Guardrail(
            "ratio",
            "prometheus",
            new Check.Ratio("sum(errors)", "sum(requests)", 0.01, 1, 0),
            Optional.empty(),
            Lasting.looks(3),
            OnBreach.ROLLBACK);
    Stage stage =
        new Stage(
            "half",
            "production",
            Exposure.parse("50%"),
            Duration.ofHours(2),
            Duration.ofMinutes(1),
            List.of("ratio"),
            false,
            Optional.empty(),
            Optional.empty());
    return new Plan(
        List.of(new Environment("production", url, Optional.empty(), Map.of())),
        List.of(new Source.Prometheus("prometheus", url, Access.NONE, Optional.empty())),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(guardrail),
        Optional.empty(),
        List.of(stage),
        Judgement.DEFAULT,
        Safety.DEFAULT);
  }

  /**
   * The disk fills up and the flag begins to hurt at look 5; there is room again once it is off.
   */
  private final class Script implements Observer {
    @Override
    public void recorded(Event event, RolloutState state) {
      if (event instanceof Event.Judged judged && judged.look() == 5) {
        errors = 500;
        journal.isFull = true;
      }
    }

    @Override
    public void waiting(RolloutState state, Instant until) {
      journal.isFull = journal.isFull && !flags.gates(FLAG).isOff();
    }
  }

  /** A journal that can be read and, for a while, not written. */
  private static final class FullDisk implements Journal {
    private final Journal kept = new InMemoryJournal();
    private boolean isFull;

    @Override
    public Optional<RolloutId> newest(FlagName flag, Kind kind) throws PortException {
      return kept.newest(flag, kind);
    }

    @Override
    public List<Entry> list(Kind kind) throws PortException {
      return kept.list(kind);
    }

    @Override
    public List<Event> readAfter(RolloutId rollout, long version) throws PortException {
      return kept.readAfter(rollout, version);
    }

    @Override
    public long version(RolloutId rollout) throws PortException {
      return kept.version(rollout);
    }

    @Override
    public long append(RolloutId rollout, long expectedVersion, List<Event> events)
        throws StaleVersion, PortException {
      if (isFull) {
        throw new PortException(PortException.Kind.NOT_DONE, 0, "The disk is full.", null);
      }
      return kept.append(rollout, expectedVersion, events);
    }

    @Override
    public void close() {
      kept.close();
    }
  }
}
