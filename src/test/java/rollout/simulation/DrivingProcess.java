package rollout.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.core.Decider;
import rollout.core.HoldKind;
import rollout.core.Input;
import rollout.engine.Desk;
import rollout.engine.Driver;
import rollout.engine.Goal;
import rollout.engine.Lent;
import rollout.engine.Observer;
import rollout.engine.Servers;
import rollout.engine.Tenure;
import rollout.engine.Workers;
import rollout.plan.Plan;
import rollout.plan.Safety;
import rollout.port.Flags;
import rollout.port.Leases;
import rollout.port.PortException;
import rollout.port.Signals;
import rollout.port.StaleVersion;

/** A process that takes the lease and drives: {@code start}, {@code resume} or {@code tick}. */
final class DrivingProcess {
  private static final int PATIENCE = 3;

  private final World world;
  private final String name;
  private Timeline.Program program;
  private Driver driver;

  DrivingProcess(World world, int number) {
    this.world = world;
    this.name = "runner-" + number;
  }

  void start() {
    program = world.time().start(name, this::run);
    world.drives(program, this::terminate);
  }

  private void terminate() {
    if (driver != null && program.isAlive()) {
      driver.requestStop();
    }
  }

  private void run() throws Exception {
    try {
      Optional<Lent> lent = lease();
      if (lent.isPresent()) {
        drive(lent.get());
      }
    } catch (PortException | Driver.LeaseLost | StaleVersion ended) {
      world.tell(() -> "ends: " + ended.getMessage());
    }
  }

  private Optional<Lent> lease() throws PortException {
    Leases leases = world.store().leases();
    Leases.Holder holder = world.store().holder(program);
    for (int i = 0; i < PATIENCE; i++) {
      long askedAt = stopwatch();
      Leases.Answer answer = leases.take(Store.ROLLOUT, holder, plan().safety().lease());
      if (answer instanceof Leases.Granted granted) {
        return Optional.of(new Lent(granted.lease(), askedAt));
      }
      long left = ((Leases.Taken) answer).left().toMillis();
      world.time().sleepUntil(world.time().now() + left + 1);
    }
    return Optional.empty();
  }

  private long stopwatch() {
    return world.time().now() * 1_000_000;
  }

  private void drive(Lent lent) throws Exception {
    VirtualWaiter waiter = new VirtualWaiter(world);
    Desk desk = desk();
    Tenure tenure =
        new Tenure(
            world.store().leases(),
            lent,
            this::stopwatch,
            () -> plan().safety().lease(),
            () ->
                world.rules().lacks(Rule.LEASE_MARGIN)
                    ? Duration.ZERO
                    : plan().safety().effectiveInFlight());
    driver =
        new Driver(
            desk,
            tenure,
            servers(lent.lease().epoch()),
            Workers.INLINE,
            world.time()::instant,
            waiter,
            Observer.NONE);
    world.store().readBy(waiter::stir);
    takeUp(desk);
    boolean finished = driver.drive(goal()).isPresent();
    if (!finished) {
      desk.decide(
          state ->
              Decider.decide(
                  state,
                  new Input.Hold(
                      world.time().instant(), HoldKind.SIGNAL, "told to stop", Cast.PERSON)));
    }
    tenure.release();
  }

  private Goal goal() {
    return world.scenario().has(Scenario.Option.TICKS) ? Goal.end().or(Goal.due()) : Goal.end();
  }

  private Desk desk() throws PortException, StaleVersion {
    if (world.store().events().isEmpty()) {
      return Desk.begin(
          world.store().journal(),
          Store.ROLLOUT,
          Decider.start(
              new Input.Start(
                  world.time().instant(),
                  Store.ROLLOUT,
                  Plans.FLAG,
                  plan(),
                  Cast.PERSON,
                  Optional.empty(),
                  "simulation",
                  false,
                  List.of(),
                  Optional.empty())),
          Observer.NONE);
    }
    return Desk.open(world.store().journal(), Store.ROLLOUT, Observer.NONE);
  }

  private void takeUp(Desk desk) throws PortException {
    desk.decide(
        state ->
            Decider.decide(
                state,
                new Input.Resume(
                    world.time().instant(),
                    List.of(HoldKind.SIGNAL),
                    Map.of(),
                    Optional.empty(),
                    Cast.PERSON)));
  }

  private Servers servers(long epoch) {
    Map<String, Flags> flags = new TreeMap<>();
    world
        .environments()
        .values()
        .forEach(
            one ->
                flags.put(
                    one.name,
                    world
                        .rules()
                        .of(
                            new FlagsPort(world, one, epoch),
                            () -> world.store().believed(one.name))));
    Signals signals = world.rules().of(world.sources().port());
    return new Servers(
        flags::get,
        source -> signals,
        environment -> {
          throw new AssertionError("no plan here has a calendar");
        });
  }

  /** The plan this program believes in. */
  private Plan plan() {
    Plan plan = world.plan();
    Safety safety = plan.safety();
    if (world.rules().lacks(Rule.PROPAGATION_WAIT)) {
      return with(plan, Duration.ofMillis(1), safety.seal(), safety);
    }
    return world.rules().lacks(Rule.SEAL_LENGTH)
        ? with(plan, safety.propagation(), safety.propagation(), safety)
        : plan;
  }

  private static Plan with(Plan plan, Duration propagation, Duration seal, Safety safety) {
    return new Plan(
        plan.environments(),
        plan.sources(),
        plan.flags(),
        plan.variables(),
        plan.overrides(),
        plan.guardrails(),
        plan.exposureCheck(),
        plan.stages(),
        plan.judgement(),
        new Safety(
            safety.gate(),
            safety.scope(),
            safety.rollbackTo(),
            propagation,
            seal,
            safety.lease(),
            Optional.of(safety.effectiveInFlight()),
            safety.gitlabBudget(),
            safety.marker()),
        plan.conditions());
  }
}
