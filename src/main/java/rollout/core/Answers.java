package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.Stage;

/** What GitLab's answers lead to while exposure may rise. */
final class Answers {
  /** Time between two reads while it is not known whether a raise had its effect. */
  private static final Duration OBSERVE_EVERY = Duration.ofSeconds(1);

  private Answers() {}

  static Decision onAnswer(RolloutState state, Input input) {
    return SteppingBack.onAnswer(state, input).orElseGet(() -> answered(state, input));
  }

  private static Decision answered(RolloutState state, Input input) {
    if (input instanceof Input.ExposureRead read) {
      return after(state, read.environment(), read.at(), onRead(state, read));
    } else if (input instanceof Input.StageRead read) {
      return onStageRead(state, read);
    } else if (input instanceof Input.ExposureSet set) {
      return after(state, set.environment(), set.at(), onSet(state, set));
    } else if (input instanceof Input.Marked marked) {
      return after(state, marked.environment(), marked.at(), onMarked(state, marked));
    } else if (input instanceof Input.Identified identified) {
      return after(
          state, identified.environment(), identified.at(), onIdentified(state, identified));
    }
    return input instanceof Input.PortFailed failure ? onFailure(state, failure) : Decision.NOTHING;
  }

  /** Says that GitLab answers again, unless what follows says it anyway. */
  private static Decision after(
      RolloutState state, String environment, Instant at, Decision decision) {
    boolean troubled = state.environment(environment).trouble().isPresent();
    if (!troubled || decision.events().stream().anyMatch(Answers::endsTrouble)) {
      return decision;
    }
    List<Event> events = new ArrayList<>();
    events.add(new Event.Answered(at, environment));
    events.addAll(decision.events());
    return new Decision(events, decision.effects(), decision.refusal());
  }

  private static boolean endsTrouble(Event event) {
    return event instanceof Event.GatesRecorded
        || event instanceof Event.MarkerConfirmed
        || event instanceof Event.ExposureConfirmed
        || event instanceof Event.AttemptFailed;
  }

  private static Decision onRead(RolloutState state, Input.ExposureRead read) {
    EnvironmentState here = state.environment(read.environment());
    if (here.before().isEmpty()) {
      return firstRead(state, read);
    }
    if (here.intent().isPresent()) {
      return observed(state, read, here.intent().get());
    }
    GateState expected = here.confirmed().orElse(GateState.OFF);
    if (isStale(state, here, read.at())) {
      return Decision.NOTHING;
    }
    return read.gates().equals(expected) ? Decision.NOTHING : differs(state, read, expected);
  }

  /** Every cell as it was confirmed: the stage is in force. Off in one of them counts first. */
  private static Decision onStageRead(RolloutState state, Input.StageRead read) {
    Stage stage = state.stage().orElseThrow();
    boolean overtaken =
        state.progress().activity() != Progress.Activity.ENTERING
            && !SteppingBack.isGoingDown(state);
    if (overtaken
        || !read.gates().keySet().stream().allMatch(cell -> isInForce(state, cell, read.at()))) {
      return Decision.NOTHING;
    }
    List<String> differing =
        read.gates().keySet().stream()
            .filter(cell -> !state.environment(cell).confirmed().equals(gates(read, cell)))
            .sorted(Comparator.comparing(cell -> !read.gates().get(cell).isOff()))
            .toList();
    if (differing.isEmpty()) {
      return Advancing.events(verified(state, stage, read.at()));
    }
    String cell = differing.get(0);
    GateState expected = state.environment(cell).confirmed().orElse(GateState.OFF);
    return differs(
        state,
        new Input.ExposureRead(Exchange.at(read.at()), cell, read.gates().get(cell)),
        expected);
  }

  private static Event verified(RolloutState state, Stage stage, Instant at) {
    return SteppingBack.isGoingDown(state)
        ? SteppingBack.verified(state, at)
        : new Event.StageVerified(at, stage.name(), stage.environments(), stage.exposure());
  }

  /** Still: what a person adopted after it was asked for is not what this stage is to be. */
  private static boolean isInForce(RolloutState state, String cell, Instant at) {
    return state.progress().confirmed().containsKey(cell)
        && !isStale(state, state.environment(cell), at);
  }

  private static Optional<GateState> gates(Input.StageRead read, String cell) {
    return Optional.of(read.gates().get(cell));
  }

  private static Decision onIdentified(RolloutState state, Input.Identified identified) {
    GateState expected =
        state.environment(identified.environment()).confirmed().orElse(GateState.OFF);
    return Entering.mark(
        identified.environment(), identified.actorGate(), expected, identified.at());
  }

  private static Decision firstRead(RolloutState state, Input.ExposureRead read) {
    List<Event> events = new ArrayList<>();
    events.add(new Event.GatesRecorded(read.at(), read.environment(), read.gates()));
    RolloutState known = state.apply(events.get(0));
    known
        .stage()
        .filter(stage -> stage.isIn(read.environment()))
        .ifPresent(stage -> events.addAll(new FoundOn(known, stage, read.at()).events()));
    return new Decision(events, List.of(), "");
  }

  /** A raise was sent, perhaps: what is in force says what became of it. */
  private static Decision observed(RolloutState state, Input.ExposureRead read, Intent intent) {
    if (read.gates().equals(intent.target())) {
      return Advancing.events(
          confirmed(state, read.environment(), intent, read.gates(), read.at(), true));
    }
    if (isWiped(state, intent, read.gates())) {
      return stopped(state, read.at(), read.environment(), intent.target(), read.gates());
    }
    if (!read.gates().equals(intent.expected())) {
      return differs(state, read, intent.expected());
    }
    Instant settled = intent.settledAt(state.plan().safety());
    if (read.at().isBefore(settled)) {
      Instant next = nextObservation(intent, read.at());
      return Advancing.waiting(state, Optional.of(settled.isBefore(next) ? settled : next));
    }
    String never = "the raise to " + intent.exposure() + " never took effect";
    if (state.stepBack().isPresent()) {
      return SteppingBack.inDoubt(state, read.at(), never);
    }
    if (read.gates().isOff()) {
      return ambiguous(state, read, intent);
    }
    return Advancing.events(
        new Event.AttemptFailed(
            read.at(),
            read.environment(),
            Attempt.RAISE,
            Failure.NOT_DONE,
            never + "; it is asked for again",
            read.at()));
  }

  /** Often while the answer may just be late, then less and less: GitLab lists every flag. */
  private static Instant nextObservation(Intent intent, Instant at) {
    Duration since = Duration.between(intent.at(), at).dividedBy(8);
    return at.plus(since.compareTo(OBSERVE_EVERY) < 0 ? OBSERVE_EVERY : since);
  }

  /** While a person is asked, the flag is read as often as the sources are. */
  private static Decision lookAgainLater(RolloutState state, Instant at) {
    Duration interval = state.stage().map(Stage::interval).orElse(Stage.DEFAULT_INTERVAL);
    return Advancing.waiting(state, Optional.of(at.plus(interval)));
  }

  /** Without a marker a raise that never arrived looks like one that somebody took back. */
  private static Decision ambiguous(RolloutState state, Input.ExposureRead read, Intent intent) {
    if (state.holds().containsKey(HoldKind.DRIFT)) {
      return lookAgainLater(state, read.at());
    }
    String reason =
        "nobody knows what became of the raise to "
            + intent.exposure()
            + " in "
            + read.environment()
            + ", where the flag is off: it never arrived, or somebody switched the flag off since"
            + " (without a marker the two look alike); resume --adopt raises again, abort keeps it"
            + " off";
    return Advancing.events(Advancing.hold(read.at(), HoldKind.DRIFT, reason));
  }

  private static Decision onSet(RolloutState state, Input.ExposureSet set) {
    Intent intent = state.environment(set.environment()).intent().orElse(null);
    if (intent == null) {
      return Decision.NOTHING;
    }
    if (set.gates().equals(intent.target())) {
      return Advancing.events(
          confirmed(state, set.environment(), intent, set.gates(), set.at(), false));
    }
    if (isWiped(state, intent, set.gates())) {
      return stopped(state, set.at(), set.environment(), intent.target(), set.gates());
    }
    return Advancing.events(
        new Event.AttemptFailed(
            set.at(),
            set.environment(),
            Attempt.RAISE,
            Failure.UNKNOWN,
            "GitLab answered the raise to "
                + intent.exposure()
                + " with a flag that is "
                + set.gates()
                + " instead of "
                + intent.target(),
            set.at().plus(OBSERVE_EVERY)));
  }

  private static Decision onMarked(RolloutState state, Input.Marked marked) {
    EnvironmentState here = state.environment(marked.environment());
    String marker = here.markerActor().orElseThrow();
    GateState expected = here.confirmed().orElse(GateState.OFF).withActor(marker);
    if (marked.gates().equals(expected)) {
      return Advancing.events(
          new Event.MarkerConfirmed(marked.at(), marked.environment(), marked.gates()));
    }
    GateState before = here.confirmed().orElse(GateState.OFF);
    if (!marked.gates().equals(before)) {
      return drift(state, marked.at(), marked.environment(), before, marked.gates());
    }
    return failed(
        state,
        marked.at(),
        marked.environment(),
        Attempt.MARK,
        Failure.UNKNOWN,
        "GitLab answered the marker with a flag that is " + marked.gates(),
        Optional.empty());
  }

  /** Our raise alone, without the marker: it landed on a flag that was switched off meanwhile. */
  private static boolean isWiped(RolloutState state, Intent intent, GateState gates) {
    GateState alone = GateState.OFF.with(state.plan().safety().gate(), intent.exposure());
    return gates.equals(alone) && !alone.equals(intent.target());
  }

  private static Decision differs(RolloutState state, Input.ExposureRead read, GateState expected) {
    if (read.gates().isOff() && !expected.isOff()) {
      return stopped(state, read.at(), read.environment(), expected, read.gates());
    }
    return drift(state, read.at(), read.environment(), expected, read.gates());
  }

  static Decision stopped(
      RolloutState state, Instant at, String environment, GateState expected, GateState actual) {
    return Advancing.events(
        new Event.DriftSeen(at, environment, expected, actual),
        Rollbacks.stoppedElsewhere(state, environment, at));
  }

  private static Decision drift(
      RolloutState state, Instant at, String environment, GateState expected, GateState actual) {
    if (state.stepBack().isPresent()) {
      return SteppingBack.drifted(state, new Event.DriftSeen(at, environment, expected, actual));
    }
    if (state.holds().containsKey(HoldKind.DRIFT)) {
      return lookAgainLater(state, at);
    }
    String reason =
        "in "
            + environment
            + " the flag is "
            + actual
            + " where this rollout last saw "
            + expected
            + "; resume --adopt takes it as it is, abort switches it off";
    return Advancing.events(
        new Event.DriftSeen(at, environment, expected, actual),
        Advancing.hold(at, HoldKind.DRIFT, reason));
  }

  private static Decision onFailure(RolloutState state, Input.PortFailed input) {
    Decision noted =
        failed(
            state,
            input.at(),
            input.environment(),
            input.attempt(),
            input.failure(),
            input.reason(),
            input.retryAfter());
    boolean holds =
        input.failure() == Failure.REFUSED && !state.holds().containsKey(HoldKind.REFUSED);
    if (!holds) {
      return noted;
    }
    List<Event> events = new ArrayList<>(noted.events());
    events.add(Advancing.hold(input.at(), HoldKind.REFUSED, input.reason()));
    return new Decision(events, List.of(), "");
  }

  static Decision failed(
      RolloutState state,
      Instant at,
      String environment,
      Attempt attempt,
      Failure failure,
      String reason,
      Optional<Duration> retryAfter) {
    int before =
        state
            .takeBack()
            .map(back -> back.seals().get(environment))
            .map(Seal::attempts)
            .or(() -> state.environment(environment).trouble().map(Trouble::attempts))
            .orElse(0);
    String spread = state.rollout().value() + environment;
    return Advancing.events(
        new Event.AttemptFailed(
            at,
            environment,
            attempt,
            failure,
            reason,
            Backoff.next(at, before, retryAfter, spread)));
  }

  private static Event confirmed(
      RolloutState state,
      String environment,
      Intent intent,
      GateState gates,
      Instant at,
      boolean adopted) {
    Exposure exposure = intent.exposure();
    String stage = state.stage().map(Stage::name).orElse("");
    return new Event.ExposureConfirmed(at, stage, environment, exposure, gates, adopted);
  }

  /** Another process of GitLab may still answer from before our last write. */
  private static boolean isStale(RolloutState state, EnvironmentState here, Instant at) {
    Duration propagation = state.plan().safety().propagation();
    return here.lastWriteAt().map(last -> at.isBefore(last.plus(propagation))).orElse(false);
  }
}
