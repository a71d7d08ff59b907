package rollout.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
 * @param comparisons what each comparison knows, over all stages
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
    Map<ComparisonKey, ComparisonState> comparisons,
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
    comparisons = Map.copyOf(comparisons);
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
        .filter(entered -> progress.activity() == Progress.Activity.ENTERING)
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
    return copy(to -> to.progress = next);
  }

  /** What a comparison knows of one environment. */
  ComparisonState comparison(ComparisonKey key) {
    return comparisons.getOrDefault(key, ComparisonState.UNKNOWN);
  }

  RolloutState with(ComparisonKey key, UnaryOperator<ComparisonState> change) {
    Map<ComparisonKey, ComparisonState> next = new LinkedHashMap<>(comparisons);
    next.put(key, change.apply(comparison(key)));
    return copy(to -> to.comparisons = next);
  }

  RolloutState with(Watch next) {
    return copy(to -> to.watch = Optional.of(next));
  }

  RolloutState with(TakeBack next) {
    return copy(
        to -> {
          to.takeBack = Optional.of(next);
          to.end = Optional.empty();
        });
  }

  RolloutState with(End next) {
    return copy(
        to -> {
          to.holds = Map.of();
          to.takeBack = Optional.empty();
          to.end = Optional.of(next);
        });
  }

  RolloutState with(String environment, UnaryOperator<EnvironmentState> change) {
    Map<String, EnvironmentState> next = new LinkedHashMap<>(environments);
    next.put(environment, change.apply(environment(environment)));
    return copy(to -> to.environments = next);
  }

  RolloutState overriding(String check, List<Obstacle> findings) {
    Map<String, List<Obstacle>> next = new LinkedHashMap<>(overridden);
    List<Obstacle> all = new ArrayList<>(next.getOrDefault(check, List.of()));
    all.addAll(findings);
    next.put(check, List.copyOf(all));
    return copy(to -> to.overridden = next);
  }

  RolloutState with(Event.Replanned next) {
    return copy(
        to -> {
          to.started = started.with(next.plan());
          to.replanned = Optional.of(next);
        });
  }

  RolloutState holding(Hold hold) {
    Map<HoldKind, Hold> next = new LinkedHashMap<>(holds);
    next.put(hold.kind(), hold);
    return copy(to -> to.holds = next);
  }

  RolloutState lifted(Set<HoldKind> kinds) {
    Map<HoldKind, Hold> next = new LinkedHashMap<>(holds);
    next.keySet().removeAll(kinds);
    return copy(to -> to.holds = next);
  }

  private RolloutState stamped(Instant at) {
    return copy(
        to -> {
          to.version = version + 1;
          to.lastAt = at;
        });
  }

  private RolloutState copy(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.made();
  }

  /** A state in the making: the parts of another one, some of which are about to change. */
  private static final class Copy {
    private Event.Started started;
    private long version;
    private Progress progress;
    private Map<String, EnvironmentState> environments;
    private Optional<Watch> watch;
    private Map<ComparisonKey, ComparisonState> comparisons;
    private Map<HoldKind, Hold> holds;
    private Map<String, List<Obstacle>> overridden;
    private Optional<TakeBack> takeBack;
    private Optional<End> end;
    private Optional<Event.Replanned> replanned;
    private Instant lastAt;

    Copy(RolloutState of) {
      started = of.started;
      version = of.version;
      progress = of.progress;
      environments = of.environments;
      watch = of.watch;
      comparisons = of.comparisons;
      holds = of.holds;
      overridden = of.overridden;
      takeBack = of.takeBack;
      end = of.end;
      replanned = of.replanned;
      lastAt = of.lastAt;
    }

    RolloutState made() {
      return new RolloutState(
          started,
          version,
          progress,
          environments,
          watch,
          comparisons,
          holds,
          overridden,
          takeBack,
          end,
          replanned,
          lastAt);
    }
  }
}
