package rollout.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
  private final CalendarAsking calendars;
  private final InstantSource clock;
  private final MayRaise mayRaise;

  /** The last question before a write that switches something on goes out. */
  interface MayRaise {
    /** Why a raise must not be sent now; empty when it may. */
    String whyNotRaise();

    /** Why gates from before must not be restored now; empty when they may. */
    String whyNotRestore();
  }

  Performer(Servers servers, Workers workers, InstantSource clock, MayRaise mayRaise) {
    this.servers = servers;
    this.workers = workers;
    this.asking = new Asking(servers, workers);
    this.calendars = new CalendarAsking(servers.calendars());
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
    } else if (effect instanceof Effect.ReadStage stage) {
      return readStage(flag, stage);
    } else if (effect instanceof Effect.Identify who) {
      return guarded(who.environment(), Attempt.READ, flags -> identify(flags, who));
    } else if (effect instanceof Effect.SetMarker mark) {
      return guarded(mark.environment(), Attempt.MARK, flags -> mark(flags, flag, mark));
    } else if (effect instanceof Effect.SetExposure set) {
      return guarded(set.environment(), Attempt.RAISE, flags -> raise(flags, flag, plan, set));
    } else if (effect instanceof Effect.RestoreBaseline back) {
      return guarded(back.environment(), Attempt.RESTORE, flags -> restore(flags, flag, back));
    } else if (effect instanceof Effect.SwitchOff off) {
      return guarded(
          off.environment(),
          Attempt.SWITCH_OFF,
          flags ->
              set(
                  off.environment(),
                  SayingOff.say(workers, flags, flag, () -> false).orElseThrow()));
    } else if (effect instanceof Effect.ReadPast past) {
      List<Input.PastAnswer> answers = asking.past(past);
      return new Input.PastRead(clock.instant(), past.guardrail(), past.environment(), answers);
    } else if (effect instanceof Effect.AskCalendar) {
      Instant asked = clock.instant();
      List<Input.CalendarAnswer> answers = calendars.askAll(plan.conditions(), asked);
      return new Input.CalendarRead(clock.instant(), asked, answers);
    }
    throw new AssertionError("cannot perform " + effect);
  }

  private Input read(Flags flags, FlagName flag, Effect.ReadExposure read) throws PortException {
    GateState gates = flags.read(flag).gates();
    return new Input.ExposureRead(clock.instant(), read.environment(), gates);
  }

  /** All cells, one after the other; the first that cannot be read is what comes back. */
  private Input readStage(FlagName flag, Effect.ReadStage stage) throws InterruptedException {
    Map<String, GateState> gates = new LinkedHashMap<>();
    for (String cell : stage.environments()) {
      Input one =
          guarded(cell, Attempt.READ, flags -> read(flags, flag, new Effect.ReadExposure(cell)));
      if (!(one instanceof Input.ExposureRead read)) {
        return one;
      }
      gates.put(cell, read.gates());
    }
    return new Input.StageRead(clock.instant(), gates);
  }

  private Input identify(Flags flags, Effect.Identify who) throws PortException {
    String actor = flags.whoAmI().actor();
    return new Input.Identified(clock.instant(), who.environment(), actor);
  }

  private Input mark(Flags flags, FlagName flag, Effect.SetMarker mark) throws PortException {
    Flags.User user = flags.whoAmI();
    Observation observed =
        new Observation(flag, Map.of(mark.environment(), mark.expected()), mayRaise::whyNotRaise);
    Optional<FlagView> answer = flags.mark(flag, user, observed);
    GateState gates = answer.map(FlagView::gates).orElse(observed.found);
    return new Input.Marked(clock.instant(), mark.environment(), gates);
  }

  private Input raise(Flags flags, FlagName flag, Plan plan, Effect.SetExposure set)
      throws PortException {
    Map<String, GateState> expected = new LinkedHashMap<>(set.beside());
    expected.put(set.environment(), set.expected());
    Observation observed = new Observation(flag, expected, mayRaise::whyNotRaise);
    return flags
        .raise(flag, plan.safety().gate(), set.exposure(), observed)
        .map(answer -> set(set.environment(), answer.gates()))
        .orElseGet(() -> observed.differing);
  }

  private Input restore(Flags flags, FlagName flag, Effect.RestoreBaseline back)
      throws PortException {
    Observation observed =
        new Observation(flag, Map.of(back.environment(), GateState.OFF), mayRaise::whyNotRestore);
    return flags
        .restore(flag, back.gates(), observed)
        .<Input>map(
            done ->
                new Input.BaselineSet(
                    clock.instant(), back.environment(), done.view().gates(), done.left()))
        .orElseGet(() -> observed.differing);
  }

  /**
   * The flag as it is just before a write that switches something on; anywhere but where it is
   * expected, at the target too, nothing is sent. A read that fails means that nothing was sent.
   */
  private final class Observation implements Flags.LastCheck {
    private final FlagName flag;
    private final Map<String, GateState> expected;
    private final Supplier<String> whyNot;
    private Input differing;
    private GateState found;

    /**
     * @param expected by environment; the one that is written to comes last
     * @param whyNot why it must not be sent all the same; empty when it may
     */
    Observation(FlagName flag, Map<String, GateState> expected, Supplier<String> whyNot) {
      this.flag = flag;
      this.expected = expected;
      this.whyNot = whyNot;
    }

    @Override
    public boolean passes() throws PortException {
      for (Map.Entry<String, GateState> one : expected.entrySet()) {
        found = servers.flags().apply(one.getKey()).read(flag).gates();
        if (!found.equals(one.getValue())) {
          differing = new Input.ExposureRead(clock.instant(), one.getKey(), found);
          return false;
        }
      }
      String why = whyNot.get();
      if (!why.isEmpty()) {
        throw new PortException(PortException.Kind.NOT_DONE, 0, why, null);
      }
      return true;
    }
  }

  private Input set(String environment, GateState gates) {
    return new Input.ExposureSet(clock.instant(), environment, gates);
  }

  private Input guarded(String environment, Attempt attempt, Call call)
      throws InterruptedException {
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
    Input with(Flags flags) throws PortException, InterruptedException;
  }
}
