package rollout.engine;

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
 * durable before anybody acts on it.
 */
public final class Desk {
  private final Journal journal;
  private final Observer observer;
  private RolloutState state;

  private Desk(Journal journal, Observer observer, RolloutState state) {
    this.journal = journal;
    this.observer = observer;
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

  /** The state as of the last event that was read or written here. */
  public RolloutState state() {
    return state;
  }

  /**
   * Decides on the newest state and makes the events durable; decides again when somebody else
   * wrote meanwhile.
   *
   * @throws PortException when the journal did not answer
   */
  public Decision decide(Function<RolloutState, Decision> decider) throws PortException {
    refresh();
    while (true) {
      Decision decision = decider.apply(state);
      if (decision.events().isEmpty()) {
        return decision;
      }
      try {
        journal.append(state.rollout(), state.version(), decision.events());
        decision.events().forEach(this::apply);
        return decision;
      } catch (StaleVersion moved) {
        refresh();
      }
    }
  }

  /**
   * Takes in what others wrote.
   *
   * @throws PortException when the journal did not answer
   */
  public void refresh() throws PortException {
    if (journal.version(state.rollout()) != state.version()) {
      journal.readAfter(state.rollout(), state.version()).forEach(this::apply);
    }
  }

  /**
   * Whether nobody else has written since the state was last taken in.
   *
   * @throws PortException when the journal did not answer
   */
  boolean isCurrent() throws PortException {
    return journal.version(state.rollout()) == state.version();
  }

  /** The first refusal among decisions on the newest state, if a request changed nothing. */
  public Optional<String> request(Function<RolloutState, Decision> decider) throws PortException {
    return Optional.of(decide(decider).refusal()).filter(why -> !why.isEmpty());
  }

  private void apply(Event event) {
    state = state.apply(event);
    observer.recorded(event, state);
  }
}
