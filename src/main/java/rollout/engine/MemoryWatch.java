package rollout.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import rollout.core.Actor;
import rollout.core.Decider;
import rollout.core.Decision;
import rollout.core.Effect;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.RolloutState;

/**
 * The watch while the journal does not answer: looks are taken and judged in memory, and a breach
 * switches the flag off (invariant I6: a rollback needs no journal). Never raises. What it saw is
 * forgotten when the journal is back: the same looks are then made up and recorded.
 */
final class MemoryWatch {
  private final Performer performer;
  private final Observer observer;
  private RolloutState state;

  /**
   * @param last the state as the journal last had it
   */
  MemoryWatch(RolloutState last, Performer performer, Observer observer, Instant now) {
    this.performer = performer;
    this.observer = observer;
    // Held, because nothing may advance that cannot be recorded.
    this.state =
        last.apply(
            new Event.Held(now, HoldKind.SIGNAL, "the journal does not answer", Actor.PROGRAM));
  }

  /** Does what is due now, short of raising. */
  void look(Instant now) throws InterruptedException {
    Deque<Input> inputs = new ArrayDeque<>();
    inputs.add(new Input.Tick(now));
    while (!inputs.isEmpty()) {
      Decision decision = Decider.decide(state, inputs.poll());
      decision.events().forEach(this::apply);
      List<Effect> harmless = decision.effects().stream().filter(MemoryWatch::isHarmless).toList();
      inputs.addAll(performer.perform(state.flag(), state.plan(), harmless));
    }
  }

  private static boolean isHarmless(Effect effect) {
    return effect instanceof Effect.Measure
        || effect instanceof Effect.ReadExposure
        || effect instanceof Effect.SwitchOff;
  }

  private void apply(Event event) {
    state = state.apply(event);
    if (event instanceof Event.RollbackDecided decided) {
      observer.troubled(
          "Rolling back without the journal: "
              + decided.reason()
              + ". Switching "
              + state.flag()
              + " off in "
              + String.join(", ", decided.environments())
              + ".");
    } else if (event instanceof Event.SwitchedOff off) {
      observer.troubled(state.flag() + " is off in " + off.environment() + ".");
    }
  }
}
