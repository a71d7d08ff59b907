package rollout.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import rollout.core.Event;
import rollout.judge.Reading;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.plan.RolloutId;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.FlagView;
import rollout.port.Flags;
import rollout.port.Head;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.Signals;
import rollout.port.StaleVersion;

/**
 * The ports of a program that has forgotten one rule. The core and the engine stay as they are:
 * what the rule would have done is undone, or what it would have seen is hidden, between them and
 * the world.
 */
final class Mutants {
  private Mutants() {}

  static Flags flags(Rule rule, Flags flags, Supplier<GateState> believed) {
    return switch (rule) {
      case DOUBLE_OFF -> new OnlyOneOff(flags);
      case MARKER -> new Unmarked(flags);
      case ADOPT -> new Unadopting(flags);
      case READ_BEFORE_SEND -> new Blind(flags, believed);
      case ONE_SHOT -> new Insistent(flags);
      case FRESH_CONNECTION -> new Unprepared(flags);
      case RECHECK -> new Credulous(flags);
      case FRESH_EVIDENCE -> new Unhurried(flags);
      default -> flags;
    };
  }

  static Journal journal(Rule rule, Journal journal) {
    return rule == Rule.JOURNAL_CHECK ? new Unasked(journal) : journal;
  }

  static Signals signals(Rule rule, Signals signals) {
    return switch (rule) {
      case NO_DATA_IS_NO_PASS -> new Hopeful(signals);
      case ACQUITTAL -> new Lenient(signals);
      default -> signals;
    };
  }

  /** Passes everything on. */
  private abstract static class Through implements Flags {
    final Flags flags;

    Through(Flags flags) {
      this.flags = flags;
    }

    @Override
    public List<FlagView> list() throws PortException {
      return flags.list();
    }

    @Override
    public FlagView read(FlagName flag) throws PortException {
      return flags.read(flag);
    }

    @Override
    public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
        throws PortException {
      return flags.raise(flag, gate, exposure, last);
    }

    @Override
    public Optional<FlagView> mark(FlagName flag, User user, LastCheck last) throws PortException {
      return flags.mark(flag, user, last);
    }

    @Override
    public FlagView switchOff(FlagName flag) throws PortException {
      return flags.switchOff(flag);
    }

    @Override
    public Optional<Restored> restore(FlagName flag, GateState gates, LastCheck last)
        throws PortException {
      return flags.restore(flag, gates, last);
    }

    @Override
    public User whoAmI() throws PortException {
      return flags.whoAmI();
    }
  }

  private static FlagView showing(GateState gates) {
    return new FlagView("gitaly_stats", "", true, gates, false);
  }

  private static final class OnlyOneOff extends Through {
    private boolean said;

    OnlyOneOff(Flags flags) {
      super(flags);
    }

    @Override
    public FlagView switchOff(FlagName flag) throws PortException {
      if (said) {
        return showing(GateState.OFF);
      }
      FlagView view = flags.switchOff(flag);
      said = view.gates().isOff();
      return view;
    }
  }

  /** Believes in a marker that nobody set, until it has said off. */
  private static final class Unmarked extends Through {
    private boolean saidOff;

    private static boolean isMarkable(GateState gates) {
      return !gates.everybody();
    }

    Unmarked(Flags flags) {
      super(flags);
    }

    @Override
    public FlagView read(FlagName flag) throws PortException {
      GateState gates = flags.read(flag).gates();
      return showing(isMarkable(gates) && !saidOff ? gates.withActor(GitLab.MARKER) : gates);
    }

    @Override
    public FlagView switchOff(FlagName flag) throws PortException {
      saidOff = true;
      return super.switchOff(flag);
    }

    @Override
    public Optional<FlagView> mark(FlagName flag, User user, LastCheck last) throws PortException {
      return last.passes() ? Optional.of(read(flag)) : Optional.empty();
    }

    @Override
    public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
        throws PortException {
      return flags
          .raise(flag, gate, exposure, last)
          .map(FlagView::gates)
          .map(gates -> isMarkable(gates) ? gates.withActor(GitLab.MARKER) : gates)
          .map(Mutants::showing);
    }
  }

  /** Never notices that what it wanted is there already. */
  private static final class Unadopting extends Through {
    private GateState before;
    private GateState wanted;

    Unadopting(Flags flags) {
      super(flags);
    }

    @Override
    public FlagView read(FlagName flag) throws PortException {
      GateState gates = flags.read(flag).gates();
      return showing(gates.equals(wanted) ? before : gates);
    }

    @Override
    public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
        throws PortException {
      GateState expected = read(flag).gates();
      before = expected;
      wanted = expected.with(gate, exposure);
      Optional<FlagView> answer = flags.raise(flag, gate, exposure, last);
      wanted = null;
      return answer;
    }
  }

  /** Sends without looking. */
  private static final class Blind extends Through {
    private final Supplier<GateState> believed;
    private boolean checking;

    Blind(Flags flags, Supplier<GateState> believed) {
      super(flags);
      this.believed = believed;
    }

    @Override
    public FlagView read(FlagName flag) throws PortException {
      return checking ? showing(believed.get()) : flags.read(flag);
    }

    @Override
    public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
        throws PortException {
      return flags.raise(flag, gate, exposure, () -> unseeing(last));
    }

    private boolean unseeing(LastCheck last) throws PortException {
      checking = true;
      try {
        return last.passes();
      } finally {
        checking = false;
      }
    }
  }

  /** Sends again what was not answered. */
  private static final class Insistent extends Through {
    Insistent(Flags flags) {
      super(flags);
    }

    @Override
    public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
        throws PortException {
      try {
        return flags.raise(flag, gate, exposure, last);
      } catch (PortException failed) {
        if (failed.kind() != PortException.Kind.UNKNOWN) {
          throw failed;
        }
        return flags.raise(flag, gate, exposure, () -> true);
      }
    }
  }

  /** Connects when everything has been checked. */
  private static final class Unprepared extends Through {
    Unprepared(Flags flags) {
      super(flags);
    }

    @Override
    public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
        throws PortException {
      return last.passes() ? flags.raise(flag, gate, exposure, () -> true) : Optional.empty();
    }
  }

  /** Sends however long ago the evidence was looked at. */
  private static final class Unhurried extends Through {
    Unhurried(Flags flags) {
      super(flags);
    }

    @Override
    public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
        throws PortException {
      return flags.raise(flag, gate, exposure, () -> unhurried(last));
    }

    private static boolean unhurried(LastCheck last) throws PortException {
      try {
        return last.passes();
      } catch (PortException why) {
        if (why.getMessage().startsWith("the decision or its evidence grew old")) {
          return true;
        }
        throw why;
      }
    }
  }

  /** Takes a 201 for the deed, and does not look at it afterwards. */
  private static final class Credulous extends Through {
    private Optional<FlagView> believed = Optional.empty();

    Credulous(Flags flags) {
      super(flags);
    }

    @Override
    public FlagView read(FlagName flag) throws PortException {
      FlagView view = believed.isPresent() ? believed.get() : flags.read(flag);
      believed = Optional.empty();
      return view;
    }

    @Override
    public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
        throws PortException {
      believed = Optional.empty();
      GateState before = flags.read(flag).gates();
      Optional<FlagView> answer = flags.raise(flag, gate, exposure, last);
      believed = answer.map(view -> showing(before.with(gate, exposure)));
      return believed;
    }
  }

  /** Does not look whether somebody wrote since. */
  private static final class Unasked implements Journal {
    private final Journal journal;
    private long own;

    Unasked(Journal journal) {
      this.journal = journal;
    }

    @Override
    public Optional<RolloutId> newest(FlagName flag, Kind kind) throws PortException {
      return journal.newest(flag, kind);
    }

    @Override
    public List<Entry> list(Kind kind) throws PortException {
      return journal.list(kind);
    }

    @Override
    public List<Event> readAfter(RolloutId rollout, long version) throws PortException {
      return journal.readAfter(rollout, version);
    }

    @Override
    public Head head(RolloutId rollout) throws PortException {
      Head head = journal.head(rollout);
      if (own > 0) {
        long told = own;
        own = 0;
        return new Head(told, head.hash());
      }
      return head;
    }

    @Override
    public boolean holds(RolloutId rollout, Head head) throws PortException {
      return journal.holds(rollout, head);
    }

    @Override
    public long append(RolloutId rollout, long expectedVersion, List<Event> events)
        throws StaleVersion, PortException {
      own = 0;
      long version = journal.append(rollout, expectedVersion, events);
      if (events.stream().anyMatch(Event.ExposureIntended.class::isInstance)) {
        own = version;
      }
      return version;
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  /** Takes silence for a good sign. */
  private static final class Hopeful implements Signals {
    private final Signals signals;

    Hopeful(Signals signals) {
      this.signals = signals;
    }

    @Override
    public Reading read(SignalQuery query, Window window) {
      Reading reading = signals.read(query, window);
      boolean silent = !(reading instanceof Reading.Value value) || Double.isNaN(value.value());
      boolean errors = ((SignalQuery.Promql) query).expression().startsWith("errors");
      return silent ? new Reading.Value(errors ? 0 : 1000) : reading;
    }
  }

  /** Once nobody was without the flag, finds that those without it fare as badly. */
  private static final class Lenient implements Signals {
    private final Signals signals;
    private boolean lies;

    Lenient(Signals signals) {
      this.signals = signals;
    }

    @Override
    public Reading read(SignalQuery query, Window window) {
      Reading reading = signals.read(query, window);
      String asked = ((SignalQuery.Promql) query).expression();
      lies |= asked.startsWith("control_requests") && reading.equals(new Reading.Value(0));
      return lies && asked.startsWith("control_errors") && reading instanceof Reading.Value value
          ? new Reading.Value(Math.max(value.value(), 10_000))
          : reading;
    }

    @Override
    public int windowsAtOnce() {
      return signals.windowsAtOnce();
    }

    @Override
    public List<Reading> readAll(SignalQuery query, List<Window> windows) {
      return windows.size() > 100
          ? signals.readAll(query, windows)
          : Signals.super.readAll(query, windows);
    }
  }
}
