package rollout.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.RolloutId;
import rollout.port.Head;
import rollout.port.Journal;
import rollout.port.Leases;
import rollout.port.PortException;
import rollout.port.StaleVersion;
import rollout.testing.InMemoryLeases;

/**
 * The shared state: one rollout's events and its lease. Every process sees the same, or nothing.
 */
final class Store {
  static final RolloutId ROLLOUT = new RolloutId("gitaly_stats-1");
  private static final Duration AWAY = Duration.ofMillis(3);

  private final World world;
  private final List<Event> events = new ArrayList<>();
  private final List<Runnable> readers = new ArrayList<>();
  private final InMemoryLeases leases;
  private RolloutState state;
  private long busyUntil;
  private long leasesSilentUntil;
  private boolean losesNextAnswer;

  Store(World world) {
    this.world = world;
    this.leases =
        new InMemoryLeases(
            world.time()::instant, holder -> isGone(holder), holder -> !isGone(holder));
  }

  private final List<Timeline.Program> holders = new ArrayList<>();

  /** A process that may hold the lease: on this host, where it can be seen whether it runs. */
  Leases.Holder holder(Timeline.Program program) {
    holders.add(program);
    return new Leases.Holder(program.name(), "here", holders.size() - 1, Timeline.BEGIN);
  }

  private boolean isGone(Leases.Holder holder) {
    return holder.host().equals("here") && !holders.get((int) holder.processId()).isAlive();
  }

  /** Somebody who is woken soon after something was written. */
  void readBy(Runnable reader) {
    readers.add(reader);
  }

  void busyUntil(long moment) {
    busyUntil = moment;
  }

  void leasesSilentUntil(long moment) {
    leasesSilentUntil = moment;
  }

  void losesNextAnswer() {
    losesNextAnswer = true;
  }

  void heal() {
    busyUntil = 0;
    leasesSilentUntil = 0;
    losesNextAnswer = false;
  }

  List<Event> events() {
    return events;
  }

  /** The fold of what is durable; null before the first event. */
  RolloutState state() {
    return state;
  }

  /** The gates of one environment as the journal last confirmed them. */
  GateState believed(String environment) {
    return state.environment(environment).confirmed().orElse(GateState.OFF);
  }

  Phase phase() {
    return state == null ? Phase.PREFLIGHT : state.phase();
  }

  /** Where the rollout is at work. */
  String environment() {
    return state == null ? "dev" : state.entering().orElse("dev");
  }

  Optional<Leases.Taken> holderNow() {
    return leases.holder(ROLLOUT);
  }

  /** The journal as a process of ours reaches it. */
  Journal journal() {
    return world.rules().of(new Port());
  }

  /** The leases as a process of ours reaches them. */
  Leases leases() {
    return new LeasesPort();
  }

  private long append(long expected, List<Event> more) throws StaleVersion {
    if (events.size() != expected) {
      throw new StaleVersion("expected " + expected + ", found " + events.size());
    }
    for (Event event : more) {
      state = state == null ? RolloutState.fold(List.of(event)) : state.apply(event);
      events.add(event);
      world.tell(event::toString);
      world.invariants().recorded(event);
    }
    readers.forEach(Runnable::run);
    more.forEach(world::recorded);
    return events.size();
  }

  private final class Port implements Journal {
    @Override
    public Optional<RolloutId> newest(FlagName flag, Kind kind) throws PortException {
      reach();
      return events.isEmpty() ? Optional.empty() : Optional.of(ROLLOUT);
    }

    @Override
    public List<Entry> list(Kind kind) {
      throw new AssertionError("nobody asks for the list");
    }

    @Override
    public List<Event> readAfter(RolloutId rollout, long version) throws PortException {
      reach();
      return List.copyOf(events.subList((int) version, events.size()));
    }

    @Override
    public Head head(RolloutId rollout) throws PortException {
      reach();
      return headAt(events.size());
    }

    @Override
    public boolean holds(RolloutId rollout, Head head) throws PortException {
      reach();
      return head.seq() <= events.size();
    }

    /** Nobody changes what is written here: the place says it all. */
    private static Head headAt(int seq) {
      return seq == 0 ? Head.START : new Head(seq, "unchanged");
    }

    @Override
    public long append(RolloutId rollout, long expected, List<Event> more)
        throws StaleVersion, PortException {
      reach();
      world.reached(Moment.BEFORE_APPEND, environment());
      world.pause(1, 4);
      long version = Store.this.append(expected, more);
      world.pause(1, 4);
      if (losesNextAnswer) {
        losesNextAnswer = false;
        throw new PortException(PortException.Kind.UNKNOWN, 0, "the connection broke", null);
      }
      return version;
    }

    @Override
    public void close() {}

    private void reach() throws PortException {
      away();
      if (world.time().now() < busyUntil) {
        throw new PortException(PortException.Kind.NOT_DONE, 0, "the state is busy", null);
      }
    }
  }

  private void away() {
    if (world.time().current() != null) {
      world.time().sleepUntil(world.time().now() + AWAY.toMillis());
    }
  }

  private final class LeasesPort implements Leases {
    @Override
    public Answer take(RolloutId rollout, Holder holder, Duration duration) throws PortException {
      reach();
      return leases.take(rollout, holder, duration);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration duration) throws PortException {
      reach();
      if (world.time().now() < leasesSilentUntil) {
        throw new PortException(PortException.Kind.NOT_DONE, 0, "the lease is locked", null);
      }
      return leases.renew(lease, duration);
    }

    @Override
    public void release(Lease lease) throws PortException {
      reach();
      leases.release(lease);
    }

    @Override
    public Optional<Taken> holder(RolloutId rollout) throws PortException {
      reach();
      return leases.holder(rollout);
    }

    private void reach() throws PortException {
      away();
      if (world.time().now() < busyUntil) {
        throw new PortException(PortException.Kind.NOT_DONE, 0, "the state is busy", null);
      }
    }
  }
}
