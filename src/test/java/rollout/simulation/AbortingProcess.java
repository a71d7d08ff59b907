package rollout.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import rollout.core.Decider;
import rollout.core.Exchange;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.core.Seal;
import rollout.engine.Desk;
import rollout.engine.Observer;
import rollout.engine.SwitchOff;
import rollout.engine.Workers;
import rollout.plan.GateState;
import rollout.plan.Safety;
import rollout.port.PortException;

/**
 * A process that aborts: it switches off and seals in one environment after the other, each on a
 * thread of its own, with the journal's fence beside it or without any journal.
 */
final class AbortingProcess {
  private final World world;
  private final String name;
  private final boolean withJournal;
  private Optional<RolloutState> noted = Optional.empty();

  AbortingProcess(World world, int number, boolean withJournal) {
    this.world = world;
    this.name = "abort-" + number;
    this.withJournal = withJournal;
  }

  void start() {
    List<String> environments =
        withJournal ? world.store().state().touched() : List.copyOf(world.environments().keySet());
    if (withJournal && !environments.isEmpty()) {
      world.time().start(name + "-fence", () -> fence(environments));
    }
    for (String environment : environments) {
      world.time().start(name + "-" + environment, () -> switchOff(environment));
    }
  }

  private void fence(List<String> environments) {
    note(new Input.Abort(world.time().instant(), environments, Cast.PERSON, Optional.of("enough")));
  }

  private void note(Input input) {
    try {
      Desk desk = Desk.open(world.store().journal(), Store.ROLLOUT, Observer.NONE);
      desk.decide(state -> Decider.decide(state, input));
      desk.requireRecorded();
      noted = Optional.of(desk.state());
    } catch (PortException lost) {
      world.tell(() -> "the journal does not have it: " + lost.getMessage());
    }
  }

  private void switchOff(String environment) throws InterruptedException {
    SwitchOff switchOff =
        new SwitchOff(
            world.time()::instant, () -> new VirtualWaiter(world), Workers.INLINE, new Told());
    SwitchOff.Target target =
        new SwitchOff.Target(
            environment,
            world
                .rules()
                .of(
                    new FlagsPort(world, world.environment(environment), 0),
                    () -> world.store().believed(environment)));
    switchOff.run(
        Plans.FLAG, List.of(target), new SwitchOff.Terms(this::pace, Duration.ZERO, true));
  }

  private Seal.Pace pace() {
    Safety safety = world.plan().safety();
    Duration propagation =
        world.rules().lacks(Rule.PROPAGATION_WAIT) ? Duration.ofMillis(1) : safety.propagation();
    Duration seal = world.rules().lacks(Rule.SEAL_LENGTH) ? safety.propagation() : safety.seal();
    return new Seal.Pace(propagation, seal, provesQuiet(safety.seal()));
  }

  private boolean provesQuiet(Duration seal) {
    Instant now = world.time().instant();
    return noted
        .map(state -> state.lastIntentAt().map(at -> at.plus(seal).isBefore(now)).orElse(true))
        .orElse(false);
  }

  private final class Told implements SwitchOff.Listener {
    @Override
    public void off(String environment, Exchange said, Seal seal) {
      if (withJournal) {
        note(new Input.SwitchedOff(said, environment, GateState.OFF));
      }
    }

    @Override
    public void sealed(String environment, Instant at) {
      world.tell(() -> environment + " is sealed");
      world.invariants().sealed(environment);
      if (withJournal) {
        note(new Input.SealedElsewhere(at, environment));
        note(new Input.Tick(at));
      }
    }

    @Override
    public void failed(String environment, Instant retryAt, PortException why) {
      world.tell(() -> environment + ": " + why.getMessage());
    }
  }
}
