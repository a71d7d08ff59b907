package rollout.simulation;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rollout.core.Event;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.plan.Plan;

/** Everything outside of the program, as it truly is, and what goes wrong in it. */
final class World {
  /** Before anybody read anything: no cache can show what was before. */
  private static final long LONG_AGO = -86_400_000;

  private final Scenario scenario;
  private final Timeline time;
  private final Chance chance;
  private final Plan plan;
  private final Map<String, GitLab> environments = new LinkedHashMap<>();
  private final Sources sources;
  private final Store store;
  private final Invariants invariants;
  private final Coverage.Rollout coverage;
  private final Rules rules;
  private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
  private final Map<Moment, List<Fault>> armed = new EnumMap<>(Moment.class);
  private final Map<String, Ran> drivers = new TreeMap<>();
  private final StringBuilder story = new StringBuilder();
  private final boolean tells;
  private Cast cast;
  private boolean healed;

  private record Ran(Timeline.Program program, Runnable terminate) {}

  World(Scenario scenario, Rules rules, Timeline time, Coverage.Rollout coverage, boolean tells) {
    this.scenario = scenario;
    this.rules = rules;
    this.time = time;
    this.coverage = coverage;
    this.tells = tells;
    this.chance = new Chance(scenario.seed());
    this.plan = Plans.of(scenario);
    for (Environment one : plan.environments()) {
      environments.put(one.name(), new GitLab(one.name()));
    }
    if (scenario.has(Scenario.Option.BASELINE)) {
      GateState former = GateState.OFF.withActor(GitLab.FORMER);
      environments.values().forEach(one -> one.change(LONG_AGO, former, GitLab.Hand.OTHERS));
    }
    this.sources = new Sources(this);
    this.invariants = new Invariants(this);
    this.store = new Store(this);
    for (Fault fault : scenario.faults()) {
      armed.computeIfAbsent(fault.moment(), none -> new java.util.ArrayList<>()).add(fault);
    }
  }

  Scenario scenario() {
    return scenario;
  }

  Timeline time() {
    return time;
  }

  Chance chance() {
    return chance;
  }

  Plan plan() {
    return plan;
  }

  Rules rules() {
    return rules;
  }

  Sources sources() {
    return sources;
  }

  Store store() {
    return store;
  }

  Invariants invariants() {
    return invariants;
  }

  GitLab environment(String name) {
    return environments.get(name);
  }

  Map<String, GitLab> environments() {
    return environments;
  }

  void meet(Cast people) {
    cast = people;
  }

  /** A driving process that faults can be aimed at. */
  void drives(Timeline.Program program, Runnable terminate) {
    drivers.put(program.name(), new Ran(program, terminate));
  }

  boolean isDriven() {
    return drivers.values().stream().anyMatch(one -> one.program().isAlive());
  }

  /** Something between two processes takes its time; what people do takes none. */
  void pause(long least, long most) {
    if (time.current() == null) {
      return;
    }
    time.sleepUntil(time.now() + chance.between(least, most));
  }

  void tell(java.util.function.Supplier<String> what) {
    if (tells) {
      story
          .append(time.instant())
          .append(' ')
          .append(time.current() == null ? "world" : time.current().name())
          .append(": ")
          .append(what.get())
          .append('\n');
    }
  }

  String story() {
    return story.toString();
  }

  /** Nothing goes wrong from here on. */
  void heal() {
    healed = true;
    armed.clear();
    sources.heal();
    store.heal();
    environments
        .values()
        .forEach(
            one -> {
              one.writeFaults.clear();
              one.downUntil = 0;
              one.staleUntil = 0;
            });
    tell(() -> "all is well from here on");
  }

  boolean isHealed() {
    return healed;
  }

  /** This moment has come; what is aimed at it happens. */
  void reached(Moment moment, String environment) {
    int times = moments.merge(moment, 1, Integer::sum);
    List<Fault> faults = armed.get(moment);
    if (faults == null) {
      return;
    }
    Timeline.Program program = time.current();
    for (Fault fault : List.copyOf(faults)) {
      if (fault.nth() == times) {
        if (fault.after() == 0) {
          befall(fault, program, environment);
        } else {
          time.at(time.now() + fault.after(), () -> befall(fault, program, environment));
        }
      }
    }
  }

  /** After an event was made durable. */
  void recorded(Event event) {
    Moment moment = Moments.of(event);
    if (moment != null) {
      reached(moment, Moments.environment(event, store.environment()));
    }
  }

  private void befall(Fault fault, Timeline.Program program, String environment) {
    if (healed) {
      return;
    }
    tell(() -> "FAULT " + fault);
    coverage.befell(store.phase(), fault.kind());
    GitLab there = environments.get(environment);
    long end = time.now() + fault.length();
    switch (fault.kind()) {
      case KILL -> kill(program);
      case STOP -> stop(program, end);
      case TERMINATE -> terminate(program);
      case WRITE_LOST,
          ANSWER_LOST,
          WRITE_LATE,
          ERROR_WITH_EFFECT,
          ERROR_WITHOUT_EFFECT,
          TOO_MANY,
          FORBIDDEN,
          PRETENDED ->
          there.writeFaults.add(fault);
      case GITLAB_DOWN -> there.downUntil = end;
      case READS_STALE -> there.staleUntil = end;
      case SWITCHED_OFF -> byHand(there, GateState.OFF);
      case RAISED -> byHand(there, percentage(there, "60%"));
      case LOWERED -> byHand(there, percentage(there, "1%"));
      case ACTOR_ADDED -> byHand(there, there.gates().withActor("User:9"));
      case OFF_AND_ON -> offAndOn(there, end);
      case SOURCE_DOWN,
          SOURCE_EMPTY,
          SOURCE_NAN,
          SOURCE_PARTIAL,
          SOURCE_THIN,
          HARM,
          INCIDENT,
          HURT ->
          sources.befall(fault.kind(), end);
      case JOURNAL_BUSY -> store.busyUntil(end);
      case WRITTEN_UNHEARD -> store.losesNextAnswer();
      case LEASES_SILENT -> store.leasesSilentUntil(end);
      case SECOND_RUNNER -> cast.runner();
      case ABORT -> cast.abort(true);
      case ABORT_WITHOUT_JOURNAL -> cast.abort(false);
      case HOLD -> cast.hold(end);
      case PROMOTE -> cast.promote();
      default -> throw new AssertionError(fault);
    }
  }

  private void kill(Timeline.Program program) {
    if (program != null) {
      program.kill();
    }
  }

  private void stop(Timeline.Program program, long end) {
    if (program != null) {
      program.stopUntil(end);
    }
  }

  private void terminate(Timeline.Program program) {
    Ran ran = program == null ? null : drivers.get(program.name());
    if (ran != null) {
      ran.terminate().run();
    }
  }

  private static GateState percentage(GitLab there, String share) {
    GateState base = there.gates().everybody() ? GateState.OFF : there.gates();
    return base.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse(share));
  }

  private void offAndOn(GitLab there, long end) {
    GateState before = there.gates();
    byHand(there, GateState.OFF);
    time.at(end, () -> byHand(there, without(before)));
  }

  /** A person sets the exposure that was there, and knows nothing of our marker. */
  private static GateState without(GateState gates) {
    return gates.everybody()
        ? gates
        : GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, gates.exposure());
  }

  private void byHand(GitLab there, GateState gates) {
    if (!healed) {
      invariants.byHand(there, gates);
      there.change(time.now(), gates, GitLab.Hand.OTHERS);
      tell(() -> "somebody sets " + there.name + " to " + gates);
    }
  }
}
