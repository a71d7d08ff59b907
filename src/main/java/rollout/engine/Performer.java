package rollout.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import rollout.core.Attempt;
import rollout.core.Effect;
import rollout.core.Failure;
import rollout.core.Input;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.port.FlagView;
import rollout.port.Flags;
import rollout.port.PortException;

/** Performs effects and turns what came back into inputs. Decides nothing. */
final class Performer {
  private final Servers servers;
  private final Workers workers;
  private final Asking asking;
  private final InstantSource clock;
  private final MayRaise mayRaise;

  /** The last question before a raise goes out. */
  interface MayRaise {
    /** Why it must not be sent now; empty when it may. */
    String whyNot();
  }

  Performer(Servers servers, Workers workers, InstantSource clock, MayRaise mayRaise) {
    this.servers = servers;
    this.workers = workers;
    this.asking = new Asking(servers, workers);
    this.clock = clock;
    this.mayRaise = mayRaise;
  }

  /** Performs all but {@link Effect.WakeAt}, side by side; one input for each. */
  List<Input> perform(FlagName flag, Plan plan, List<Effect> effects) throws InterruptedException {
    List<Callable<Input>> calls = new ArrayList<>();
    for (Effect effect : effects) {
      if (!(effect instanceof Effect.WakeAt)) {
        calls.add(() -> perform(flag, plan, effect));
      }
    }
    return workers.all(calls);
  }

  private Input perform(FlagName flag, Plan plan, Effect effect) throws InterruptedException {
    if (effect instanceof Effect.Measure measure) {
      List<Input.Answered> looks = asking.take(measure);
      return new Input.Measured(clock.instant(), measure.stage(), looks);
    } else if (effect instanceof Effect.ReadExposure read) {
      return guarded(read.environment(), Attempt.READ, flags -> read(flags, flag, read));
    } else if (effect instanceof Effect.Identify who) {
      return guarded(who.environment(), Attempt.READ, flags -> identify(flags, who));
    } else if (effect instanceof Effect.SetMarker mark) {
      return guarded(mark.environment(), Attempt.MARK, flags -> mark(flags, flag, mark));
    } else if (effect instanceof Effect.SetExposure set) {
      return guarded(set.environment(), Attempt.RAISE, flags -> raise(flags, flag, plan, set));
    } else if (effect instanceof Effect.SwitchOff off) {
      return guarded(
          off.environment(),
          Attempt.SWITCH_OFF,
          flags -> set(off.environment(), flags.switchOff(flag).gates()));
    }
    throw new AssertionError("cannot perform " + effect);
  }

  private Input read(Flags flags, FlagName flag, Effect.ReadExposure read) throws PortException {
    GateState gates = flags.read(flag).gates();
    return new Input.ExposureRead(clock.instant(), read.environment(), gates);
  }

  private Input identify(Flags flags, Effect.Identify who) throws PortException {
    String actor = flags.whoAmI().actor();
    return new Input.Identified(clock.instant(), who.environment(), actor);
  }

  private Input mark(Flags flags, FlagName flag, Effect.SetMarker mark) throws PortException {
    Flags.User user = flags.whoAmI();
    Observation observed = new Observation(flags, flag, mark.expected());
    Optional<FlagView> answer = flags.mark(flag, user, observed);
    GateState gates = answer.map(FlagView::gates).orElse(observed.found);
    return new Input.Marked(clock.instant(), mark.environment(), gates);
  }

  private Input raise(Flags flags, FlagName flag, Plan plan, Effect.SetExposure set)
      throws PortException {
    Observation observed = new Observation(flags, flag, set.expected());
    return flags
        .raise(flag, plan.safety().gate(), set.exposure(), observed)
        .map(answer -> set(set.environment(), answer.gates()))
        .orElseGet(
            () -> new Input.ExposureRead(clock.instant(), set.environment(), observed.found));
  }

  /**
   * The flag as it is just before a write that switches something on; anywhere but where it is
   * expected, at the target too, nothing is sent. A read that fails means that nothing was sent.
   */
  private final class Observation implements Flags.LastCheck {
    private final Flags flags;
    private final FlagName flag;
    private final GateState expected;
    private GateState found;

    Observation(Flags flags, FlagName flag, GateState expected) {
      this.flags = flags;
      this.flag = flag;
      this.expected = expected;
    }

    @Override
    public boolean passes() throws PortException {
      found = flags.read(flag).gates();
      if (!found.equals(expected)) {
        return false;
      }
      String why = mayRaise.whyNot();
      if (!why.isEmpty()) {
        throw new PortException(PortException.Kind.NOT_DONE, 0, why, null);
      }
      return true;
    }
  }

  private Input set(String environment, GateState gates) {
    return new Input.ExposureSet(clock.instant(), environment, gates);
  }

  private Input guarded(String environment, Attempt attempt, Call call) {
    try {
      return call.with(servers.flags().apply(environment));
    } catch (PortException failure) {
      Instant at = clock.instant();
      return new Input.PortFailed(
          at,
          environment,
          attempt,
          Failure.valueOf(failure.kind().name()),
          failure.getMessage(),
          failure.retryAfter());
    }
  }

  private interface Call {
    Input with(Flags flags) throws PortException;
  }
}
