package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rollout.plan.ExposureCheck;
import rollout.plan.Plan;
import rollout.plan.Stage;

/**
 * What a tick does while exposure may rise: looks that are due first, then the stage's own step.
 */
final class Advancing {
  /** So many looks that were missed are made up at once. */
  private static final int MOST_LOOKS = 60;

  private Advancing() {}

  static Decision onTick(RolloutState state, Input.Tick tick) {
    if (state.stepBack().isPresent()) {
      return SteppingBack.onTick(state, tick);
    }
    Instant now = tick.at();
    List<Effect> pasts = Pasts.due(state, now);
    if (!pasts.isEmpty()) {
      return new Decision(List.of(), pasts, "");
    }
    List<Look> due = dueLooks(state, now);
    if (!due.isEmpty()) {
      return watch(state, now, due);
    }
    return Clearance.comesWithTheNextLook(state, tick)
        ? waiting(state, Clearance.opensAt(state, now))
        : step(state, tick);
  }

  /** Whether so few looks were answered that none before them can be missing. */
  static boolean isCaughtUp(int answered) {
    return answered < MOST_LOOKS;
  }

  /** What the stage asks for, looks left aside. */
  static Decision step(RolloutState state, Input.Tick tick) {
    Instant now = tick.at();
    return switch (state.progress().activity()) {
      case PREFLIGHT -> enter(state, 0, now);
      case ENTERING -> Entering.onTick(state, tick);
      case BAKING -> baking(state, now);
      case AWAITING_APPROVAL -> awaiting(state, now);
      case STEPPING_BACK -> SteppingBack.step(state, tick);
      case PASSED -> passed(state, now);
    };
  }

  /** A moment at which something is due by the clock alone: the next look. */
  static Optional<Instant> nextLookAt(RolloutState state) {
    return state.watch().map(watch -> looks(state.plan(), watch).dueAt(watch.looks() + 1));
  }

  static Stage stageOf(Plan plan, Watch watch) {
    return plan.stages().get(plan.indexOf(watch.stage()).orElseThrow());
  }

  static Looks looks(Plan plan, Watch watch) {
    return Looks.of(stageOf(plan, watch), watch.verifiedAt(), plan.judgement().lag());
  }

  static List<Look> dueLooks(RolloutState state, Instant now) {
    List<Look> due = new ArrayList<>();
    Watch watch = state.watch().orElse(null);
    if (watch == null) {
      return due;
    }
    Looks looks = looks(state.plan(), watch);
    long number = watch.looks() + 1;
    while (due.size() < MOST_LOOKS && !looks.dueAt(number).isAfter(now)) {
      due.add(look(state, watch, number));
      number++;
    }
    return due;
  }

  /** Takes these looks. */
  static Decision watch(RolloutState state, Instant now, List<Look> due) {
    return new Decision(List.of(), watching(state, now, due), "");
  }

  /** What the stage that is watched asks in the look with this number. */
  static Look look(RolloutState state, Watch watch, long number) {
    Looks looks = looks(state.plan(), watch);
    Optional<Instant> last = number == 1 ? Optional.empty() : Optional.of(looks.dueAt(number - 1));
    return inquiries(state, watch).look(number, looks.dueAt(number), last);
  }

  /** What the stage that is watched asks. */
  private static Inquiries inquiries(RolloutState state, Watch watch) {
    return new Inquiries(
        state.plan(),
        state.flag(),
        stageOf(state.plan(), watch),
        watch.raisedAt(),
        watch.acceptedAt(),
        state.started().at());
  }

  /** What is read counts first: a look may lead to the end, and an off seen beside it does not. */
  private static List<Effect> watching(RolloutState state, Instant now, List<Look> due) {
    Watch watch = state.watch().orElseThrow();
    List<Effect> effects = new ArrayList<>();
    Set<String> raised = new LinkedHashSet<>(stageOf(state.plan(), watch).environments());
    raised.addAll(state.progress().confirmed().keySet());
    raised.stream()
        .filter(environment -> mayRead(state, environment, now))
        .forEach(environment -> effects.add(new Effect.ReadExposure(environment)));
    effects.add(new Effect.Measure(watch.stage(), due));
    return effects;
  }

  private static boolean mayRead(RolloutState state, String environment, Instant now) {
    EnvironmentState one = state.environment(environment);
    Duration propagation = state.plan().safety().propagation();
    boolean settled =
        one.lastWriteAt().map(last -> !last.plus(propagation).isAfter(now)).orElse(true);
    boolean patient = one.trouble().map(trouble -> trouble.retryAt().isAfter(now)).orElse(false);
    return settled && !patient;
  }

  static Decision enter(RolloutState state, int index, Instant now) {
    if (!mayAdvance(state)) {
      return waiting(state, Optional.empty());
    }
    Stage stage = state.plan().stages().get(index);
    return events(entered(stage, now));
  }

  private static Decision baking(RolloutState state, Instant now) {
    Optional<Decision> gap = evidenceGap(state, now);
    if (gap.isPresent()) {
      return gap.get();
    }
    Stage stage = state.stage().orElseThrow();
    Passing passing = new Passing(state, stage);
    boolean may = state.progress().promoted() ? !passing.isBreached() : passing.mayPass(now);
    if (!may) {
      return passing.isThinTooLong() && !state.holds().containsKey(HoldKind.EXTENSION_SPENT)
          ? events(hold(now, HoldKind.EXTENSION_SPENT, passing.thinReason()))
          : waiting(state, passing.nextAt(now));
    }
    if (!mayAdvance(state)) {
      return waiting(state, Optional.empty());
    }
    return stage
        .approval()
        .<Event>map(question -> new Event.ApprovalAsked(now, stage.name(), question))
        .map(Advancing::events)
        .orElseGet(() -> events(pass(stage, now)));
  }

  private static Decision awaiting(RolloutState state, Instant now) {
    Optional<Decision> gap = evidenceGap(state, now);
    if (gap.isPresent()) {
      return gap.get();
    }
    Stage stage = state.stage().orElseThrow();
    return state.progress().approved() && isClear(state, now) && mayAdvance(state)
        ? events(pass(stage, now))
        : waiting(state, Optional.empty());
  }

  private static Decision passed(RolloutState state, Instant now) {
    Optional<Stage> next = state.nextStage();
    if (next.isEmpty()) {
      return mayAdvance(state)
          ? events(new Event.Completed(now))
          : waiting(state, Optional.empty());
    }
    if (isAtLimit(state) && !state.holds().containsKey(HoldKind.LIMIT)) {
      return events(hold(now, HoldKind.LIMIT, "waiting for stage " + next.get().name()));
    }
    return evidenceGap(state, now)
        .orElseGet(() -> enter(state, state.progress().stageIndex() + 1, now));
  }

  /** An adopted drift may have led past the limit's own stage. */
  private static boolean isAtLimit(RolloutState state) {
    return state
        .progress()
        .limit()
        .flatMap(state.plan()::indexOf)
        .filter(index -> index <= state.progress().stageIndex())
        .isPresent();
  }

  static Event entered(Stage stage, Instant now) {
    return new Event.StageEntered(now, stage.name(), stage.environments());
  }

  private static Event pass(Stage stage, Instant now) {
    return new Event.StagePassed(now, stage.name(), stage.environments(), stage.exposure());
  }

  /** What is watched is good and fresh; nothing is, before the first stage is verified. */
  static boolean isClear(RolloutState state, Instant now) {
    return state
        .watch()
        .map(watch -> new Passing(state, stageOf(state.plan(), watch)))
        .map(seen -> state.progress().promoted() ? !seen.isBreached() : seen.isClear(now))
        .orElse(true);
  }

  /** Nothing holds. */
  static boolean mayAdvance(RolloutState state) {
    return state.holds().isEmpty();
  }

  /** Evidence that stayed away too long: a hold, or what the plan asks for instead. */
  static Optional<Decision> evidenceGap(RolloutState state, Instant now) {
    return evidenceGap(state, now, now);
  }

  /**
   * @param until the moment up to which the sources have been asked
   */
  static Optional<Decision> evidenceGap(RolloutState state, Instant until, Instant now) {
    Watch watch = state.watch().filter(Watch::isGuarded).orElse(null);
    if (watch == null
        || state.stepBack().isPresent()
        || state.progress().promoted()
        || state.holds().containsKey(HoldKind.EVIDENCE)
        || stageOf(state.plan(), watch).unguarded()) {
      return Optional.empty();
    }
    Duration maxGap = state.plan().judgement().maxGap();
    return watch.guardrails().keySet().stream()
        .filter(name -> watch.lastConclusive(name).plus(maxGap).isBefore(until))
        .findFirst()
        .map(name -> gapDecision(state, watch, name, now));
  }

  private static Decision gapDecision(
      RolloutState state, Watch watch, String guardrail, Instant now) {
    String why =
        watch.guardrails().get(guardrail).latest().map(Finding::reason).orElse("no look yet");
    String reason =
        guardrail
            + " has had no conclusive look since "
            + watch.lastConclusive(guardrail).truncatedTo(ChronoUnit.SECONDS)
            + ": "
            + why;
    return switch (state.plan().judgement().noData()) {
      case HOLD -> events(hold(now, HoldKind.EVIDENCE, reason));
      case ROLLBACK ->
          events(
              Rollbacks.decide(
                  state, now, Optional.of(guardrail), reason, Optional.empty(), Optional.empty()));
    };
  }

  static Event hold(Instant now, HoldKind kind, String reason) {
    return new Event.Held(now, kind, reason, Actor.PROGRAM);
  }

  static Decision events(Event... events) {
    return new Decision(List.of(events), List.of(), "");
  }

  /** Nothing before the next look, or {@code other} if that is sooner. */
  static Decision waiting(RolloutState state, Optional<Instant> other) {
    List<Effect> effects = new ArrayList<>();
    nextLookAt(state).ifPresent(at -> effects.add(new Effect.WakeAt(at)));
    Pasts.nextAt(state).ifPresent(at -> effects.add(new Effect.WakeAt(at)));
    other.ifPresent(at -> effects.add(new Effect.WakeAt(at)));
    return new Decision(List.of(), effects, "");
  }

  /** Whether the exposure check rather than a guardrail of the plan bears this name. */
  static boolean isExposureCheck(String guardrail) {
    return guardrail.equals(ExposureCheck.NAME);
  }
}
