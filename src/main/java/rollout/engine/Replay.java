package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Actor;
import rollout.core.Decider;
import rollout.core.Decision;
import rollout.core.Effect;
import rollout.core.Event;
import rollout.core.Exchange;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.plan.Stage;
import rollout.port.PortException;

/**
 * One rollout of the past: the machine of {@code core}, told the time and what the sources said
 * then, with flags that always obey. Ends with the plan, at the first stop, or where the past does.
 */
final class Replay {
  private final Plan plan;
  private final FlagName flag;
  private final Rewind past;
  private final Asking asking;
  private final Observer observer;
  private final Map<String, GateState> gates = new HashMap<>();
  private RolloutState state;
  private Instant now;
  private Instant wakeAt;
  private boolean stopped;

  /**
   * @param observer hears of every event
   */
  Replay(Plan plan, FlagName flag, Rewind past, Instant begin, Observer observer) {
    this.plan = plan;
    this.flag = flag;
    this.past = past;
    this.asking = new Asking(new Servers(name -> null, name -> past, name -> null), Workers.INLINE);
    this.observer = observer;
    this.now = begin;
  }

  /**
   * Plays it.
   *
   * @param until where the past ends
   * @return when it ended; empty when the past ended before it
   * @throws PortException when a source did not answer
   * @throws InterruptedException when this thread is to stop
   */
  Optional<Instant> play(Instant until) throws PortException, InterruptedException {
    List<Event> begun = Decider.start(start()).events();
    state = RolloutState.fold(begun);
    while (!now.isAfter(until)) {
      long before = state.version();
      wakeAt = Instant.MAX;
      work();
      if (stopped || state.end().isPresent()) {
        return Optional.of(now);
      }
      if (state.version() == before) {
        now = wakeAt;
      }
    }
    return Optional.empty();
  }

  private Input.Start start() {
    return new Input.Start(
        now,
        new RolloutId(flag + "-backtest"),
        flag,
        plan,
        Actor.PROGRAM,
        Optional.empty(),
        "backtest",
        true,
        List.of(),
        Optional.empty());
  }

  /** One tick and all that follows from it, as {@link Driver} does. */
  private void work() throws PortException, InterruptedException {
    Deque<Input> inputs = new ArrayDeque<>();
    inputs.add(new Input.Tick(now));
    while (!inputs.isEmpty() && !stopped) {
      Decision decision = Decider.decide(state, inputs.poll());
      decision.events().forEach(this::take);
      for (Effect effect : decision.effects()) {
        perform(effect).ifPresent(inputs::add);
      }
    }
  }

  private void take(Event event) {
    state = state.apply(event);
    observer.recorded(event, state);
    stopped = stopped || isStop(event);
  }

  /** A person would be asked, or the flag is going off: nothing goes on by itself after it. */
  static boolean isStop(Event event) {
    return event instanceof Event.RollbackDecided
        || event instanceof Event.Held held
            && (held.kind() == HoldKind.BREACH || held.kind() == HoldKind.EXTENSION_SPENT);
  }

  private Optional<Input> perform(Effect effect) throws PortException, InterruptedException {
    if (effect instanceof Effect.WakeAt wake) {
      wakeAt = wake.at().isBefore(wakeAt) ? wake.at() : wakeAt;
      return Optional.empty();
    } else if (effect instanceof Effect.Measure measure) {
      past.prepare(measure, interval(measure));
      Asking.Taken taken = asking.take(measure);
      return Optional.of(new Input.Measured(now, measure.stage(), taken.looks(), taken.more()));
    } else if (effect instanceof Effect.ReadPast read) {
      return Optional.of(
          new Input.PastRead(now, read.guardrail(), read.environment(), past.before(read)));
    } else if (effect instanceof Effect.ReadExposure read) {
      return Optional.of(
          new Input.ExposureRead(Exchange.at(now), read.environment(), gates(read.environment())));
    } else if (effect instanceof Effect.ReadStage read) {
      Map<String, GateState> all = new LinkedHashMap<>();
      read.environments().forEach(cell -> all.put(cell, gates(cell)));
      return Optional.of(new Input.StageRead(now, all));
    } else if (effect instanceof Effect.SetExposure set) {
      return Optional.of(set(set.environment(), set.target()));
    } else if (effect instanceof Effect.SwitchOff off) {
      gates.put(off.environment(), GateState.OFF);
      return Optional.of(new Input.SwitchedOff(Exchange.at(now), off.environment(), GateState.OFF));
    }
    throw new AssertionError("a replay cannot perform " + effect);
  }

  private Input set(String environment, GateState target) {
    gates.put(environment, target);
    return new Input.ExposureSet(now, environment, target);
  }

  private GateState gates(String environment) {
    return gates.getOrDefault(environment, GateState.OFF);
  }

  private Duration interval(Effect.Measure measure) {
    Stage stage = plan.stages().get(plan.indexOf(measure.stage()).orElseThrow());
    return stage.interval();
  }
}
