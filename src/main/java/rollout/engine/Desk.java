package rollout.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import rollout.core.Actor;
import rollout.core.Decider;
import rollout.core.Decision;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.plan.RolloutId;
import rollout.port.Head;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.StaleVersion;

/**
 * Keeps one rollout's state beside its journal: every decision is made on the newest state and is
 * durable before anybody acts on it. Only taking back, and looking, do not wait for a journal that
 * is silent (invariant I6): what they lead to is owed to it, and written once it answers.
 *
 * <p>A journal that lost what was seen in it — a restored copy, a replica that lags, another file —
 * is taken as it is now, and the rollout is held: nobody knows what the lost events said.
 */
public final class Desk {
  private final Journal journal;
  private final Observer observer;
  private final List<Event> owed = new ArrayList<>();
  private Optional<PortException> silence = Optional.empty();
  private Optional<String> loss = Optional.empty();
  private Head seen = Head.START;
  private RolloutState recorded;
  private RolloutState state;

  private Desk(Journal journal, Observer observer, RolloutState state) {
    this.journal = journal;
    this.observer = observer;
    this.recorded = state;
    this.state = state;
  }

  /**
   * Opens a rollout that is in the journal.
   *
   * @throws PortException when the journal did not answer or has no such rollout
   */
  public static Desk open(Journal journal, RolloutId rollout, Observer observer)
      throws PortException {
    List<Event> events = journal.read(rollout).events();
    if (events.isEmpty()) {
      throw new PortException(
          PortException.Kind.REFUSED, 0, "The journal has no rollout " + rollout + ".", null);
    }
    return new Desk(journal, observer, RolloutState.fold(events));
  }

  /**
   * Begins a rollout.
   *
   * @throws StaleVersion when the flag has an unfinished rollout already
   * @throws PortException when the journal did not answer
   */
  public static Desk begin(Journal journal, RolloutId rollout, Decision start, Observer observer)
      throws PortException, StaleVersion {
    journal.append(rollout, 0, start.events());
    RolloutState state = RolloutState.fold(start.events());
    start.events().forEach(event -> observer.recorded(event, state));
    return new Desk(journal, observer, state);
  }

  /** The state as of the last event that was read or written here, or is owed. */
  public RolloutState state() {
    return state;
  }

  /**
   * Decides on the newest state and makes the events durable; decides again when somebody else
   * wrote meanwhile.
   *
   * @throws PortException when the journal did not answer, and what was decided has to wait for it
   */
  public Decision decide(Function<RolloutState, Decision> decider) throws PortException {
    while (true) {
      try {
        refresh();
        Decision decision = decider.apply(state);
        if (loss.isPresent() && !takesBack(decision)) {
          return Decision.NOTHING;
        }
        if (!decision.events().isEmpty()) {
          journal.append(state.rollout(), state.version(), decision.events());
          decision.events().forEach(this::takeIn);
        }
        return decision;
      } catch (StaleVersion moved) {
        continue;
      } catch (PortException silent) {
        return decideWithout(decider, silent);
      }
    }
  }

  /** Nothing that widens exposure may come of this: a raise always has its intent to record. */
  private Decision decideWithout(Function<RolloutState, Decision> decider, PortException silent)
      throws PortException {
    silence = Optional.of(silent);
    Decision decision = Decider.decideWithoutJournal(state, decider.apply(state));
    if (!decision.events().isEmpty() && !takesBack(decision)) {
      throw silent;
    }
    for (Event event : decision.events()) {
      owed.add(event);
      state = state.apply(event);
      observer.recorded(event, state);
    }
    return decision;
  }

  private boolean takesBack(Decision decision) {
    return with(state, decision.events()).takeBack().isPresent();
  }

  /**
   * Holds the rollout when its journal lost events; until then nothing is decided but taking back.
   *
   * @throws PortException when the journal did not answer
   */
  public void holdAfterLoss(Instant now) throws PortException {
    Optional<String> found = loss;
    if (found.isPresent()) {
      loss = Optional.empty();
      Input hold = new Input.Hold(now, HoldKind.DRIFT, found.get(), Actor.PROGRAM);
      try {
        decide(before -> Decider.decide(before, hold));
      } catch (PortException silent) {
        loss = found;
        throw silent;
      }
    }
  }

  /**
   * Says so while the journal is behind.
   *
   * @throws PortException what came of the last attempt, when it did not answer that
   */
  public void requireRecorded() throws PortException {
    if (silence.isPresent()) {
      throw silence.get();
    }
  }

  /**
   * Takes in what others wrote, and writes what is owed.
   *
   * @throws PortException when the journal did not answer
   */
  public void refresh() throws PortException {
    do {
      Head head = journal.head(state.rollout());
      if (!continues(head)) {
        startOver(head);
      } else if (head.seq() != recorded.version()) {
        journal.readAfter(state.rollout(), recorded.version()).forEach(this::takeIn);
      }
      seen = head;
    } while (!paysWhatIsOwed());
    silence = Optional.empty();
  }

  /** Whether everything that was seen is still there behind this head. */
  private boolean continues(Head head) throws PortException {
    return head.seq() >= recorded.version()
        && (head.equals(seen) || journal.holds(state.rollout(), seen));
  }

  /** What is taken back is seen through from memory: the journal does not know of it any more. */
  private void startOver(Head head) throws PortException {
    String why = lossIn(head);
    if (state.takeBack().isPresent()) {
      throw new PortException(PortException.Kind.REFUSED, 0, why, null);
    }
    List<Event> left = journal.read(state.rollout()).events();
    if (left.isEmpty()) {
      throw new PortException(PortException.Kind.NOT_DONE, 0, why, null);
    }
    recorded = RolloutState.fold(left);
    state = recorded;
    loss = Optional.of(why);
  }

  private String lossIn(Head head) {
    String found =
        head.seq() < recorded.version()
            ? "ends with event " + head.seq() + ", though event " + recorded.version()
            : "has another event " + seen.seq() + " than the one that";
    return "The journal of rollout "
        + state.rollout()
        + " "
        + found
        + " had been seen: an older copy was put in its place, or it was changed. Compare the flag"
        + " with: rollout history "
        + state.flag()
        + ", then resume --adopt, or abort.";
  }

  private boolean paysWhatIsOwed() throws PortException {
    try {
      if (!owed.isEmpty()) {
        journal.append(state.rollout(), recorded.version(), owed);
        recorded = state;
        owed.clear();
      }
      return true;
    } catch (StaleVersion moved) {
      return false;
    }
  }

  /**
   * Whether nobody else has written since the state was last taken in, and nothing is owed.
   *
   * @throws PortException when the journal did not answer
   */
  boolean isCurrent() throws PortException {
    Head head = journal.head(state.rollout());
    return owed.isEmpty() && loss.isEmpty() && head.seq() == state.version() && continues(head);
  }

  /** The first refusal among decisions on the newest state, if a request changed nothing. */
  public Optional<String> request(Function<RolloutState, Decision> decider) throws PortException {
    return Optional.of(decide(decider).refusal()).filter(why -> !why.isEmpty());
  }

  /** What is in the journal now; what was owed may have been written after all. */
  private void takeIn(Event event) {
    recorded = recorded.apply(event);
    if (owed.isEmpty() || !owed.get(0).equals(event)) {
      observer.recorded(event, recorded);
    } else {
      owed.remove(0);
    }
    state = with(recorded, owed);
  }

  private static RolloutState with(RolloutState state, List<Event> events) {
    RolloutState after = state;
    for (Event event : events) {
      after = after.apply(event);
    }
    return after;
  }
}
