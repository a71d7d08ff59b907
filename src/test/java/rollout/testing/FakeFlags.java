package rollout.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.port.FlagView;
import rollout.port.Flags;
import rollout.port.PortException;
import rollout.port.PortException.Kind;
import rollout.sandbox.GateChange;

/**
 * The flags of one environment in memory, with GitLab's semantics: {@code true} and {@code false}
 * wipe every gate, a fully enabled flag refuses a percentage, reads may be stale. Knows the truth,
 * fails on demand. Single-threaded.
 */
public final class FakeFlags implements Flags {
  /** What becomes of a call instead of the ordinary. */
  public enum Fault {
    /** Nothing reached the server. */
    UNREACHABLE,
    /** The server said no. */
    FORBIDDEN,
    /** The request was lost on its way: unknown, and without effect. */
    LOST_BEFORE_EFFECT,
    /** The answer was lost: unknown, and with effect. */
    LOST_AFTER_EFFECT,
    /** The answer of success without any effect. */
    PRETENDED
  }

  /**
   * A write that was asked for.
   *
   * @param what {@code 5%}, {@code 100%}, {@code off}, or {@code marker}
   */
  public record Write(Instant at, String flag, String what) {}

  private final InstantSource clock;
  private final User user;
  private final Map<String, List<GateChange>> histories = new TreeMap<>();
  private final Map<String, Boolean> defaults = new TreeMap<>();
  private final Deque<Fault> writeFaults = new ArrayDeque<>();
  private final Deque<Fault> readFaults = new ArrayDeque<>();
  private final List<Write> writes = new ArrayList<>();
  private Duration staleness = Duration.ZERO;

  /**
   * @param clock says when changes happened and how old a stale read is
   * @param user whose token this would be
   */
  public FakeFlags(InstantSource clock, User user) {
    this.clock = clock;
    this.user = user;
  }

  /** The next write without a fault meets this one. */
  public void armWrite(Fault fault) {
    writeFaults.add(fault);
  }

  /** The next read without a fault meets this one; only those that a read can meet. */
  public void armRead(Fault fault) {
    readFaults.add(fault);
  }

  /** From now on reads show what was true so long ago. */
  public void readStale(Duration age) {
    staleness = age;
  }

  /** The definition of a flag says that it is on while nothing is stored. */
  public void defineAsDefaultEnabled(FlagName flag) {
    defaults.put(flag.value(), true);
  }

  /** A person changes a flag behind our back. */
  public void set(FlagName flag, GateState gates) {
    histories
        .computeIfAbsent(flag.value(), unknown -> new ArrayList<>())
        .add(new GateChange(clock.instant(), gates));
  }

  /** The gates that are truly in force. */
  public GateState gates(FlagName flag) {
    return at(flag.value(), Instant.MAX).orElse(GateState.OFF);
  }

  /** Every change of a flag's true gates, in order. */
  public List<GateChange> changes(FlagName flag) {
    return List.copyOf(histories.getOrDefault(flag.value(), List.of()));
  }

  /** Every write that was asked for, whatever became of it. */
  public List<Write> writes() {
    return List.copyOf(writes);
  }

  @Override
  public List<FlagView> list() throws PortException {
    failRead();
    Instant shown = shown();
    return histories.keySet().stream()
        .flatMap(name -> at(name, shown).map(gates -> view(name, gates)).stream())
        .toList();
  }

  @Override
  public FlagView read(FlagName flag) throws PortException {
    failRead();
    String name = flag.value();
    boolean defaultEnabled = defaults.getOrDefault(name, false);
    return at(name, shown())
        .map(gates -> view(name, gates))
        .orElse(new FlagView(name, "off", false, GateState.OFF, defaultEnabled));
  }

  @Override
  public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
      throws PortException {
    if (exposure.isOff()) {
      throw new IllegalArgumentException("a raise to off is none: switch off instead");
    }
    if (!last.passes()) {
      return Optional.empty();
    }
    GateState before = gates(flag);
    if (before.everybody() && !exposure.isFull()) {
      throw failed(
          Kind.REFUSED, 400, "Cannot enable percentage of actors for a fully-enabled flag");
    }
    return Optional.of(write(flag, exposure.toString(), before.with(gate, exposure)));
  }

  @Override
  public Optional<FlagView> mark(FlagName flag, User marker, LastCheck last) throws PortException {
    return last.passes()
        ? Optional.of(write(flag, "marker", gates(flag).withActor(marker.actor())))
        : Optional.empty();
  }

  @Override
  public FlagView switchOff(FlagName flag) throws PortException {
    return write(flag, "off", GateState.OFF);
  }

  @Override
  public User whoAmI() throws PortException {
    failRead();
    return user;
  }

  private FlagView write(FlagName flag, String what, GateState after) throws PortException {
    writes.add(new Write(clock.instant(), flag.value(), what));
    Fault fault = writeFaults.poll();
    if (fault == null || fault == Fault.LOST_AFTER_EFFECT) {
      set(flag, after);
    }
    if (fault != null && fault != Fault.PRETENDED) {
      throw failure(fault);
    }
    return view(flag.value(), after);
  }

  private void failRead() throws PortException {
    Fault fault = readFaults.poll();
    if (fault != null) {
      PortException failure = failure(fault);
      // a read changes nothing, so nothing about it is unknown
      throw failure.kind() == Kind.UNKNOWN
          ? failed(Kind.NOT_DONE, 0, "the connection broke")
          : failure;
    }
  }

  private static PortException failure(Fault fault) {
    return switch (fault) {
      case UNREACHABLE -> failed(Kind.NOT_DONE, 0, "nothing accepts connections there");
      case FORBIDDEN -> failed(Kind.REFUSED, 403, "403 Forbidden");
      case LOST_BEFORE_EFFECT, LOST_AFTER_EFFECT ->
          failed(Kind.UNKNOWN, 0, "no complete answer came");
      case PRETENDED -> throw new IllegalArgumentException("a read cannot be pretended");
    };
  }

  private static PortException failed(Kind kind, int status, String message) {
    return new PortException(kind, status, message, null);
  }

  private Instant shown() {
    return staleness.isZero() ? Instant.MAX : clock.instant().minus(staleness);
  }

  private Optional<GateState> at(String name, Instant time) {
    return histories.getOrDefault(name, List.of()).stream()
        .filter(change -> !change.at().isAfter(time))
        .reduce((earlier, later) -> later)
        .map(GateChange::gates);
  }

  private FlagView view(String name, GateState gates) {
    String unless = gates.isOff() ? "off" : "conditional";
    String state = gates.everybody() ? "on" : unless;
    return new FlagView(name, state, true, gates, defaults.getOrDefault(name, false));
  }
}
