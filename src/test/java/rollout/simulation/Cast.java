package rollout.simulation;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.core.Actor;
import rollout.core.Decider;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Observer;
import rollout.plan.GateState;
import rollout.plan.Stage;
import rollout.port.PortException;

/** Who acts: processes that drive, processes that abort, and people at a terminal. */
final class Cast {
  static final Actor PERSON = new Actor("ada", "terminal");
  private static final long MINUTE = 60_000;

  private final World world;
  private int runners;
  private int aborts;

  Cast(World world) {
    this.world = world;
  }

  /** The first process, and whoever comes when nobody drives any more. */
  void enter() {
    runner();
    if (world.scenario().has(Scenario.Option.APPROVAL)) {
      world.time().at(MINUTE, this::approveAgain);
    }
    world.time().at(2 * MINUTE, this::relieve);
  }

  /** A process that drives. */
  void runner() {
    if (!isOver() && runners < 200) {
      new DrivingProcess(world, ++runners).start();
    }
  }

  /** A schedule starts one where none runs; sooner or later somebody notices. */
  private void relieve() {
    boolean ticks = world.scenario().has(Scenario.Option.TICKS);
    // what is over may go back yet: somebody aborts what was completed
    if (!isOver() && !world.isDriven() && (ticks || world.isHealed() || world.chance().oneIn(3))) {
      runner();
    }
    long pause = ticks || world.isHealed() ? MINUTE : world.chance().between(1, 6 * MINUTE);
    world.time().at(world.time().now() + pause, this::relieve);
  }

  private boolean isOver() {
    return world.store().state() != null && world.store().phase().isEnd();
  }

  /** A person ends it, from another process. */
  void abort(boolean withJournal) {
    if (world.store().state() != null) {
      new AbortingProcess(world, ++aborts, withJournal).start();
    }
  }

  void hold(long until) {
    ask(state -> new Input.Hold(now(), HoldKind.PERSON, "wait", PERSON));
    world.time().at(until, this::resume);
  }

  void promote() {
    ask(state -> new Input.Promote(now(), PERSON, Optional.of("enough")));
  }

  private void approveAgain() {
    if (isOver()) {
      return;
    }
    if (world.store().phase() == Phase.AWAITING_APPROVAL) {
      ask(
          state ->
              new Input.Approve(
                  now(), state.stage().map(Stage::name).orElse(""), PERSON, Optional.empty()));
    }
    world.time().at(world.time().now() + 3 * MINUTE, this::approveAgain);
  }

  void resume() {
    ask(
        state ->
            new Input.Resume(
                now(),
                List.copyOf(EnumSet.allOf(HoldKind.class)),
                inForce(state),
                Optional.empty(),
                PERSON));
  }

  /** What a person who adopts a drift reads just then. */
  private Map<String, GateState> inForce(RolloutState state) {
    Map<String, GateState> all = new TreeMap<>();
    state.stage().ifPresent(one -> one.environments().forEach(cell -> add(all, cell)));
    state.touched().forEach(name -> add(all, name));
    return all;
  }

  private void add(Map<String, GateState> all, String environment) {
    all.put(environment, world.environment(environment).gates());
  }

  private interface Wish {
    Input of(RolloutState state);
  }

  /** A person takes no time, least of all that of the process whose moment it is. */
  private void ask(Wish wish) {
    world.time().at(world.time().now(), () -> tell(wish));
  }

  private void tell(Wish wish) {
    if (world.store().state() == null) {
      return;
    }
    try {
      Desk desk = Desk.open(world.store().journal(), Store.ROLLOUT, Observer.NONE);
      desk.decide(state -> Decider.decide(state, wish.of(state)));
    } catch (PortException silent) {
      world.tell(() -> "a person was not heard: " + silent.getMessage());
    }
  }

  private Instant now() {
    return world.time().instant();
  }
}
