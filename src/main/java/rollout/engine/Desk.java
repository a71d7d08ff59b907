package rollout.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import rollout.core.Decision;
import rollout.core.Event;
import rollout.core.RolloutState;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.StaleVersion;

/**
 * Keeps one rollout's state beside its journal: every decision is made on the newest state and is
 * durable before anybody acts on it. Only taking back, and looking, do not wait for a journal that
 * is silent (invariant I6): what they lead to is owed to it, and written once it answers.
 */
public final class Desk {
  private final Journal journal;
  private final Observer observer;
  private final List<Event> owed = new ArrayList<>();
  private Optional<PortException> silence = Optional.empty();
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
    Decision decision = decider.apply(state);
    RolloutState after = with(state, decision.events());
    if (!decision.events().isEmpty() && after.takeBack().isEmpty()) {
      throw silent;
    }
    for (Event event : decision.events()) {
      owed.add(event);
      state = state.apply(event);
      observer.recorded(event, state);
    }
    return decision;
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
      if (journal.version(state.rollout()) != recorded.version()) {
        journal.readAfter(state.rollout(), recorded.version()).forEach(this::takeIn);
      }
    } while (!paysWhatIsOwed());
    silence = Optional.empty();
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
    return owed.isEmpty() && journal.version(state.rollout()) == state.version();
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
