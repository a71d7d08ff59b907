package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;

/**
 * A rollout with faults, kills, people and other hands at random moments, all from one seed. The
 * {@link Invariants} are checked after every event and every write.
 */
final class Schedule {
  private static final int ACTS = 40;
  private static final List<String> KILL_POINTS =
      List.of(
          "before MarkerIntended",
          "after MarkerIntended",
          "after SetMarker",
          "before ExposureIntended",
          "after ExposureIntended",
          "after SetExposure",
          "before ExposureConfirmed",
          "before StageVerified",
          "after Measure",
          "before RollbackDecided",
          "after RollbackDecided",
          "after SwitchOff",
          "after SwitchedOff",
          "before Sealed",
          "before BaselineIntended",
          "after BaselineIntended",
          "after RestoreBaseline",
          "before BaselineRestored");
  private static final List<World.Fate> RAISE_FATES =
      List.of(World.Fate.LOST_ANSWER, World.Fate.LOST, World.Fate.LATE, World.Fate.NOT_DONE);

  private final Random random;
  private final Driver driver;
  final List<String> acts = new ArrayList<>();

  /** When somebody else last changed the flag, by environment. */
  final Map<String, Instant> touched = new HashMap<>();

  Schedule(long seed) {
    this.random = new Random(seed);
    this.driver = new Driver(ShortPlan.of(options()));
  }

  Driver driver() {
    return driver;
  }

  private Set<String> options() {
    Set<String> options = new TreeSet<>();
    for (String one :
        List.of("cells", "to=baseline", "scope=all", "no_data=rollback", "marker=none", "for=3m")) {
      if (random.nextInt(one.equals("cells") || one.equals("to=baseline") ? 3 : 6) == 0) {
        options.add(one);
      }
    }
    return options;
  }

  /** The rollout with everything that goes wrong. */
  void play() {
    if (random.nextBoolean()) {
      GateState before = GateState.of(List.of("User:5"), List.of("team"));
      driver.world.set(one(production()), said("before", before));
    }
    driver.start(
        ShortPlan.FLAG, random.nextInt(8) == 0 ? Optional.of("low") : Optional.empty(), List.of());
    for (int i = 0; i < ACTS; i++) {
      act();
      if (driver.world.isAnythingLate() && random.nextBoolean()) {
        abortPerhaps();
      }
      driver.run(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 240_000 : 20_000)));
      if (driver.isDead() && random.nextBoolean()) {
        said("restart");
        driver.restart();
      }
    }
  }

  /** Everything is well again, and people do what they are asked for, until it ends. */
  void heal() {
    World world = driver.world;
    world.silent.clear();
    world.down.clear();
    world.errors = 0;
    world.issues = 0;
    world.seconds = 0.1;
    world.requests = 1000;
    world.used = true;
    world.forget();
    driver.restart();
    for (int i = 0; i < 60 && driver.state().end().isEmpty(); i++) {
      resume();
      approve();
      driver.run(Duration.ofMinutes(10));
    }
  }

  private void act() {
    String environment = random.nextInt(3) == 0 ? "dev" : one(production());
    World world = driver.world;
    world.delay = Duration.ofSeconds(random.nextInt(209));
    switch (random.nextInt(30)) {
      case 0 -> world.errors = said("errors 5%", 0.05);
      case 1, 2, 3 -> world.errors = said("errors 0%", 0);
      case 4 -> world.issues = said("issues", random.nextInt(2));
      case 5 -> world.seconds = said("p99", random.nextInt(2));
      case 6 -> world.silent.add(said("silence", random.nextBoolean() ? "sentry" : "prometheus"));
      case 7, 8, 9 -> world.silent.clear();
      case 10 -> world.down.add(said("down", environment));
      case 11, 12, 13 -> world.down.clear();
      case 14, 15 -> world.next(environment, said("next", RAISE_FATES.get(random.nextInt(4))));
      case 16 -> world.next(environment, said("next", rareFate()));
      case 17, 18, 19 -> driver.killAt(said("kill", one(KILL_POINTS)));
      case 20 -> otherHands(environment);
      case 21 -> ask(new Input.Hold(driver.now, hold(), "held", Driver.PERSON));
      case 22 -> resume();
      case 23 -> ask(new Input.Promote(driver.now, Driver.PERSON, Optional.empty()));
      case 24 -> limit();
      case 25 -> abortPerhaps();
      case 26 -> world.used = said("used", random.nextBoolean());
      default -> approve();
    }
  }

  private List<String> production() {
    return driver.plan.stages().get(1).environments();
  }

  private World.Fate rareFate() {
    return one(List.of(World.Fate.REFUSED, World.Fate.OVERTAKEN, World.Fate.JOINED));
  }

  private HoldKind hold() {
    return random.nextBoolean() ? HoldKind.PERSON : HoldKind.SIGNAL;
  }

  private void otherHands(String environment) {
    GateState before = driver.world.gates(environment);
    GateState after =
        one(
            List.of(
                GateState.OFF,
                before.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("60%")),
                before.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("1%")),
                before.withActor("User:9")));
    touched.put(environment, driver.now);
    driver.world.set(environment, said("gates " + environment, after));
  }

  private void limit() {
    Optional<String> stage = one(List.of(Optional.of("low"), Optional.<String>empty()));
    ask(new Input.Limit(driver.now, stage, Driver.PERSON));
  }

  private void abortPerhaps() {
    if (driver.world.isAnythingLate() || random.nextInt(4) == 0) {
      ask(
          new Input.Abort(
              driver.now, driver.state().touched(), Driver.PERSON, Optional.of("enough")));
    }
  }

  private void resume() {
    ask(
        new Input.Resume(
            driver.now,
            List.copyOf(EnumSet.allOf(HoldKind.class)),
            driver.inForce(),
            Optional.empty(),
            Driver.PERSON));
  }

  private void approve() {
    String stage = driver.state().stage().map(one -> one.name()).orElse("dev");
    ask(new Input.Approve(driver.now, stage, Driver.PERSON, Optional.empty()));
  }

  private void ask(Input input) {
    said(input.getClass().getSimpleName());
    driver.ask(input);
  }

  private <T> T one(List<T> many) {
    return many.get(random.nextInt(many.size()));
  }

  private void said(String act) {
    acts.add(Lines.time(driver.now) + " > " + act);
  }

  private <T> T said(String act, T value) {
    said(act + " " + value);
    return value;
  }
}
