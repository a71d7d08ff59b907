package rollout.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.plan.Stage;

/**
 * All that is known of one rollout: nothing but what its events say.
 *
 * @param started the first event; its plan is the one in force now
 * @param version the number of events
 * @param progress which stage, and how far in it
 * @param environments what is known of the flag, by environment, in the plan's order
 * @param watch what the looks show; empty before the first stage is verified
 * @param holds why it does not advance, by kind
 * @param overridden what a person set aside, by check
 * @param takeBack set once exposure goes back
 * @param end set once nothing more is due
 * @param replanned the last time that the plan was replaced
 * @param lastAt when the last event was recorded
 */
public record RolloutState(
    Event.Started started,
    long version,
    Progress progress,
    Map<String, EnvironmentState> environments,
    Optional<Watch> watch,
    Map<HoldKind, Hold> holds,
    Map<String, List<Obstacle>> overridden,
    Optional<TakeBack> takeBack,
    Optional<End> end,
    Optional<Event.Replanned> replanned,
    Instant lastAt) {
  /**
   * The end of a rollout.
   *
   * @param phase one of the three ends
   */
  public record End(Phase phase, Instant at, String reason) {}

  public RolloutState {
    environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    holds = Collections.unmodifiableMap(new LinkedHashMap<>(holds));
    overridden = Map.copyOf(overridden);
  }

  /**
   * The state after these events.
   *
   * @throws IllegalArgumentException unless the first, and only the first, is {@link Event.Started}
   */
  public static RolloutState fold(List<Event> history) {
    if (history.isEmpty() || !(history.get(0) instanceof Event.Started started)) {
      throw new IllegalArgumentException("a rollout's history begins with Started");
    }
    RolloutState state = begin(started);
    for (Event event : history.subList(1, history.size())) {
      state = state.apply(event);
    }
    return state;
  }

  /** The state after one more event. */
  public RolloutState apply(Event event) {
    return Fold.apply(this, event).stamped(event.at());
  }

  private static RolloutState begin(Event.Started started) {
    Map<String, EnvironmentState> environments = new LinkedHashMap<>();
    for (Environment environment : started.plan().environments()) {
      environments.put(environment.name(), EnvironmentState.UNTOUCHED);
    }
    return new RolloutState(
        started,
        1,
        Progress.BEGIN,
        environments,
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        started.at());
  }

  /** Its name. */
  public RolloutId rollout() {
    return started.rollout();
  }

  /** The flag it takes from off to on. */
  public FlagName flag() {
    return started.flag();
  }

  /** The frozen plan, or the one that a person replaced it by. */
  public Plan plan() {
    return started.plan();
  }

  /** Where it is. */
  public Phase phase() {
    if (end.isPresent()) {
      return end.get().phase();
    }
    if (takeBack.isPresent()) {
      return takeBack.get().isOff() ? Phase.SEALING : Phase.ROLLING_BACK;
    }
    if (!holds.isEmpty()) {
      return holds.keySet().equals(Set.of(HoldKind.WINDOW)) ? Phase.AWAITING_WINDOW : Phase.HELD;
    }
    return switch (progress.activity()) {
      case PREFLIGHT -> Phase.PREFLIGHT;
      case ENTERING -> Phase.ENTERING;
      case BAKING, PASSED -> Phase.BAKING;
      case AWAITING_APPROVAL -> Phase.AWAITING_APPROVAL;
    };
  }

  /** The present stage; empty before the first is entered. */
  public Optional<Stage> stage() {
    return progress.stageIndex() < 0
        ? Optional.empty()
        : Optional.of(plan().stages().get(progress.stageIndex()));
  }

  /** The stage after the present one; empty at the last. */
  public Optional<Stage> nextStage() {
    int next = progress.stageIndex() + 1;
    return next < plan().stages().size()
        ? Optional.of(plan().stages().get(next))
        : Optional.empty();
  }

  /**
   * What is known of the flag in one environment.
   *
   * @throws IllegalArgumentException when the plan has none of this name
   */
  public EnvironmentState environment(String name) {
    EnvironmentState environment = environments.get(name);
    if (environment == null) {
      throw new IllegalArgumentException("the rollout has no environment \"" + name + "\"");
    }
    return environment;
  }

  /** The environments that this rollout raised, or may have raised. */
  public List<String> touched() {
    return environments.entrySet().stream()
        .filter(entry -> entry.getValue().isTouched())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** When a write that switches anything on was last intended, in whichever environment. */
  public Optional<Instant> lastIntentAt() {
    return environments.values().stream()
        .flatMap(one -> one.lastIntentAt().stream())
        .max(Instant::compareTo);
  }

  /** Whether anything is on, or may be, because of this rollout. */
  public boolean isAnythingOn() {
    return environments.values().stream()
        .anyMatch(one -> one.intent().isPresent() || !one.exposure().isOff());
  }

  /**
   * The environment of the present stage that is being raised: the first in which its exposure is
   * not confirmed, or the last one, which other processes of GitLab may not have seen yet.
   */
  public Optional<String> entering() {
    return stage()
        .filter(entered -> progress.activity() == Activity.ENTERING)
        .map(entered -> firstUnconfirmed(entered.environments()));
  }

  private String firstUnconfirmed(List<String> cells) {
    return cells.stream()
        .filter(cell -> !progress.confirmed().containsKey(cell))
        .findFirst()
        .orElse(cells.get(cells.size() - 1));
  }

  /** Exposure of one environment, in force or on its way. */
  Exposure widest(String environment) {
    EnvironmentState one = environment(environment);
    Exposure confirmed = one.exposure();
    return one.intent()
        .map(Intent::exposure)
        .filter(intended -> intended.compareTo(confirmed) > 0)
        .orElse(confirmed);
  }

  /** The most telling hold: a person's before the program's own. */
  public Optional<Hold> hold() {
    return holds.values().stream()
        .min((a, b) -> Integer.compare(a.kind().ordinal(), b.kind().ordinal()));
  }

  /** Whether a person has set this aside. */
  boolean isOverridden(String check, Obstacle obstacle) {
    return overridden.getOrDefault(check, List.of()).stream()
        .anyMatch(one -> one.id().equals(obstacle.id()));
  }

  /** Whether it waits only because it was asked to go no further. */
  public boolean isOnlyAtLimit() {
    return holds.size() == 1 && holds.containsKey(HoldKind.LIMIT);
  }

  /** Names of the stages that have passed. */
  public Set<String> passed() {
    return progress.passed();
  }

  RolloutState with(Progress next) {
    return new RolloutState(
        started,
        version,
        next,
        environments,
        watch,
        holds,
        overridden,
        takeBack,
        end,
        replanned,
        lastAt);
  }

  RolloutState with(Watch next) {
    return new RolloutState(
        started,
        version,
        progress,
        environments,
        Optional.of(next),
        holds,
        overridden,
        takeBack,
        end,
        replanned,
        lastAt);
  }

  RolloutState with(TakeBack next) {
    return new RolloutState(
        started,
        version,
        progress,
        environments,
        watch,
        holds,
        overridden,
        Optional.of(next),
        Optional.empty(),
        replanned,
        lastAt);
  }

  RolloutState with(End next) {
    return new RolloutState(
        started,
        version,
        progress,
        environments,
        watch,
        Map.of(),
        overridden,
        Optional.empty(),
        Optional.of(next),
        replanned,
        lastAt);
  }

  RolloutState with(String environment, UnaryOperator<EnvironmentState> change) {
    Map<String, EnvironmentState> next = new LinkedHashMap<>(environments);
    next.put(environment, change.apply(environment(environment)));
    return new RolloutState(
        started,
        version,
        progress,
        next,
        watch,
        holds,
        overridden,
        takeBack,
        end,
        replanned,
        lastAt);
  }

  RolloutState overriding(String check, List<Obstacle> findings) {
    Map<String, List<Obstacle>> next = new LinkedHashMap<>(overridden);
    List<Obstacle> all = new ArrayList<>(next.getOrDefault(check, List.of()));
    all.addAll(findings);
    next.put(check, List.copyOf(all));
    return new RolloutState(
        started,
        version,
        progress,
        environments,
        watch,
        holds,
        next,
        takeBack,
        end,
        replanned,
        lastAt);
  }

  RolloutState with(Event.Replanned next) {
    return new RolloutState(
        started.with(next.plan()),
        version,
        progress,
        environments,
        watch,
        holds,
        overridden,
        takeBack,
        end,
        Optional.of(next),
        lastAt);
  }

  RolloutState holding(Hold hold) {
    Map<HoldKind, Hold> next = new LinkedHashMap<>(holds);
    next.put(hold.kind(), hold);
    return withHolds(next);
  }

  RolloutState lifted(Set<HoldKind> kinds) {
    Map<HoldKind, Hold> next = new LinkedHashMap<>(holds);
    next.keySet().removeAll(kinds);
    return withHolds(next);
  }

  private RolloutState withHolds(Map<HoldKind, Hold> next) {
    return new RolloutState(
        started,
        version,
        progress,
        environments,
        watch,
        next,
        overridden,
        takeBack,
        end,
        replanned,
        lastAt);
  }

  private RolloutState stamped(Instant at) {
    return new RolloutState(
        started,
        version + 1,
        progress,
        environments,
        watch,
        holds,
        overridden,
        takeBack,
        end,
        replanned,
        at);
  }

  /**
   * Which stage, and how far in it.
   *
   * @param stageIndex from 0; −1 before the first
   * @param limit the stage this rollout may not go past for now
   * @param confirmed when the present stage's exposure was confirmed, by environment
   * @param approvalAskedAt when a person was asked
   * @param approved a person said yes
   * @param promoted a person skipped the rest of the bake of the stage that is watched, which
   *     counts until the next one is verified
   * @param passed names of the stages that have passed
   */
  public record Progress(
      Activity activity,
      int stageIndex,
      Optional<String> limit,
      Map<String, Instant> confirmed,
      Optional<Instant> approvalAskedAt,
      boolean approved,
      boolean promoted,
      Set<String> passed) {
    static final Progress BEGIN =
        new Progress(
            Activity.PREFLIGHT,
            -1,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            false,
            false,
            Set.of());

    public Progress {
      confirmed = Collections.unmodifiableMap(new LinkedHashMap<>(confirmed));
      passed = Collections.unmodifiableSet(new LinkedHashSet<>(passed));
    }

    Progress entered(int index) {
      return new Progress(
          Activity.ENTERING, index, limit, Map.of(), Optional.empty(), false, promoted, passed);
    }

    Progress limitedTo(Optional<String> stage) {
      return new Progress(
          activity, stageIndex, stage, confirmed, approvalAskedAt, approved, promoted, passed);
    }

    /** When the present stage's exposure was first confirmed anywhere. */
    Optional<Instant> firstConfirmedAt() {
      return confirmed.values().stream().min(Instant::compareTo);
    }

    Progress confirmed(String environment, Instant at) {
      Map<String, Instant> more = new LinkedHashMap<>(confirmed);
      more.put(environment, at);
      return new Progress(
          activity, stageIndex, limit, more, approvalAskedAt, approved, promoted, passed);
    }

    Progress verified() {
      return new Progress(
          Activity.BAKING, stageIndex, limit, confirmed, approvalAskedAt, approved, false, passed);
    }

    Progress asked(Instant at) {
      return new Progress(
          Activity.AWAITING_APPROVAL,
          stageIndex,
          limit,
          confirmed,
          Optional.of(at),
          false,
          promoted,
          passed);
    }

    Progress withApproval() {
      return new Progress(
          activity, stageIndex, limit, confirmed, approvalAskedAt, true, promoted, passed);
    }

    Progress withPromotion() {
      return new Progress(
          activity, stageIndex, limit, confirmed, approvalAskedAt, approved, true, passed);
    }

    /** Nobody was asked yet, nothing was skipped, and it has not passed: it bakes. */
    Progress bakingAgain(String stage) {
      Set<String> fewer = new LinkedHashSet<>(passed);
      fewer.remove(stage);
      return new Progress(
          Activity.BAKING, stageIndex, limit, confirmed, Optional.empty(), false, false, fewer);
    }

    Progress withoutPromotion() {
      return new Progress(
          activity, stageIndex, limit, confirmed, approvalAskedAt, approved, false, passed);
    }

    Progress passedStage(String stage) {
      Set<String> more = new LinkedHashSet<>(passed);
      more.add(stage);
      return new Progress(
          Activity.PASSED, stageIndex, limit, confirmed, approvalAskedAt, approved, promoted, more);
    }
  }

  /** How far the present stage is. */
  public enum Activity {
    /** No stage was entered yet. */
    PREFLIGHT,
    /** Its exposure is not in force everywhere yet. */
    ENTERING,
    /** It is watched. */
    BAKING,
    /** It is clear, and a person is asked. */
    AWAITING_APPROVAL,
    /** It has passed, and the next has not been entered. */
    PASSED
  }
}
