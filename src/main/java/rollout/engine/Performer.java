package rollout.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import rollout.core.Attempt;
import rollout.core.Effect;
import rollout.core.Failure;
import rollout.core.Input;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
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
      Asking.Taken taken = asking.take(measure);
      return new Input.Measured(clock.instant(), measure.stage(), taken.looks(), taken.more());
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
    GateState found = flags.read(flag).gates();
    if (found.actors().contains(mark.actorGate()) || !found.equals(mark.expected())) {
      return new Input.Marked(clock.instant(), mark.environment(), found);
    }
    refuseUnlessAllowed();
    GateState gates = flags.mark(flag, flags.whoAmI()).gates();
    return new Input.Marked(clock.instant(), mark.environment(), gates);
  }

  private Input raise(Flags flags, FlagName flag, Plan plan, Effect.SetExposure set)
      throws PortException {
    GateState found = observe(flags, flag);
    if (!found.equals(set.expected())) {
      return new Input.ExposureRead(clock.instant(), set.environment(), found);
    }
    refuseUnlessAllowed();
    return set(set.environment(), flags.raise(flag, plan.safety().gate(), set.exposure()).gates());
  }

  /** A read that fails before a raise means that the raise was not sent. */
  private static GateState observe(Flags flags, FlagName flag) throws PortException {
    return flags.read(flag).gates();
  }

  private void refuseUnlessAllowed() throws PortException {
    String why = mayRaise.whyNot();
    if (!why.isEmpty()) {
      throw new PortException(PortException.Kind.NOT_DONE, 0, why, null);
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
