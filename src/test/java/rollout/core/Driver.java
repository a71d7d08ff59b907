package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.RolloutId;

/**
 * Drives the machine as an engine would, without threads and on a virtual clock: persist, act, feed
 * back. Can be killed at each of the three.
 */
final class Driver {
  static final Instant BEGIN = Instant.parse("2026-11-23T08:00:00Z");
  static final Actor PERSON = new Actor("ada", "terminal");

  /** More turns than this at one moment are a loop that never waits. */
  private static final int MOST_TURNS = 200;

  /** A change of phase that was seen. */
  record Transition(Phase from, String event, Phase to) {}

  /** By phase, as a rollout goes through them. */
  static final Comparator<Transition> IN_ORDER =
      Comparator.comparing(Transition::from)
          .thenComparing(Transition::to)
          .thenComparing(Transition::event);

  final Plan plan;
  final World world;
  final List<Event> journal = new ArrayList<>();
  final Set<Transition> transitions = new HashSet<>();
  private final Invariants invariants;
  private final List<Instant> wakes = new ArrayList<>();
  private Optional<String> killPoint = Optional.empty();
  private boolean dead;
  private boolean fresh;
  private RolloutState state;
  Instant now = BEGIN;

  Driver(Plan plan) {
    this.plan = plan;
    this.world = new World(plan);
    this.invariants = new Invariants(plan);
  }

  RolloutState state() {
    return state;
  }

  boolean isDead() {
    return dead;
  }

  void start(FlagName flag, Optional<String> limit, List<String> overrides) {
    perform(
        Decider.start(
            new Input.Start(
                now,
                new RolloutId(flag + "-1"),
                flag,
                plan,
                PERSON,
                Optional.empty(),
                "test",
                false,
                overrides.stream().map(world::override).toList(),
                limit)));
  }

  /** A process that is dead from now on. */
  void kill() {
    dead = true;
    killPoint = Optional.empty();
  }

  /** Kills at {@code before EVENT}, {@code after EVENT} or {@code after EFFECT}. */
  void killAt(String point) {
    killPoint = Optional.of(point);
  }

  /** A new process reads the journal and goes on. */
  void restart() {
    dead = false;
    fresh = true;
    killPoint = Optional.empty();
    state = RolloutState.fold(journal);
  }

  /** What a person asks goes through the journal, whoever drives. */
  String ask(Input input) {
    Decision decision = Decider.decide(state, input);
    decision.events().forEach(this::append);
    return decision.refusal();
  }

  /** What is in force where this rollout has been, for a person who adopts it. */
  Map<String, GateState> inForce() {
    Map<String, GateState> all = new TreeMap<>();
    state.stage().stream()
        .flatMap(one -> one.environments().stream())
        .forEach(cell -> all.put(cell, world.gates(cell)));
    state.touched().forEach(name -> all.put(name, world.gates(name)));
    return all;
  }

  /** Goes on for so long. */
  void run(Duration length) {
    Instant end = now.plus(length);
    while (true) {
      settle();
      if (!now.isBefore(end)) {
        break;
      }
      Instant next = wakes.stream().min(Instant::compareTo).orElse(end);
      now = dead || next.isAfter(end) ? end : next;
      world.advanceTo(now);
    }
    assertEquals(state, RolloutState.fold(journal), "the fold is not what was lived");
  }

  private void settle() {
    int turns = 0;
    while (!dead && turn()) {
      if (++turns > MOST_TURNS) {
        throw new AssertionError(
            "turns without end at " + now + " in " + state + " after " + journal.get(turns));
      }
    }
  }

  /** Whether there is more to do at once. */
  private boolean turn() {
    wakes.clear();
    int before = journal.size();
    Input tick = new Input.Tick(now, fresh);
    fresh = false;
    perform(Decider.decide(state, tick));
    boolean woken = wakes.stream().anyMatch(at -> !at.isAfter(now));
    return journal.size() > before || woken;
  }

  private void perform(Decision decision) {
    if (decision.events().stream().anyMatch(event -> isKilled("before ", event))) {
      return;
    }
    decision.events().forEach(this::append);
    if (decision.events().stream().anyMatch(event -> isKilled("after ", event))) {
      return;
    }
    for (Effect effect : decision.effects()) {
      if (!dead) {
        perform(effect);
      }
    }
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.WakeAt wake) {
      wakes.add(wake.at());
    }
    int before = world.writes.size();
    Optional<Input> answer = world.perform(effect, now);
    boolean killed = isKilled("after ", effect);
    world.writes.stream().skip(before).forEach(one -> invariants.onWrite(state, one, killed));
    if (!killed) {
      answer.ifPresent(input -> perform(Decider.decide(state, input)));
    }
  }

  private void append(Event event) {
    invariants.onEvent(state, event, journal);
    journal.add(event);
    Optional<Phase> before = Optional.ofNullable(state).map(RolloutState::phase);
    state = state == null ? RolloutState.fold(journal) : state.apply(event);
    assertEquals(journal.size(), state.version(), "the version is the number of events");
    before
        .filter(phase -> phase != state.phase())
        .ifPresent(
            phase ->
                transitions.add(
                    new Transition(phase, event.getClass().getSimpleName(), state.phase())));
  }

  private boolean isKilled(String when, Object what) {
    boolean now = killPoint.filter((when + what.getClass().getSimpleName())::equals).isPresent();
    if (now) {
      kill();
    }
    return now;
  }
}
