package rollout.report;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.EnvironmentState;
import rollout.core.GuardrailWatch;
import rollout.core.Hold;
import rollout.core.Looks;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.core.TakeBack;
import rollout.core.Trouble;
import rollout.core.Watch;
import rollout.plan.Exposure;
import rollout.plan.Stage;

/**
 * What can be said of a rollout at one moment; every view of it is drawn from this.
 *
 * @param now the moment it is looked at
 */
record Standing(RolloutState state, Instant now) {
  /** A stage's place on the way. */
  enum Mark {
    PASSED,
    PRESENT,
    TO_COME,
    FAILED
  }

  /** By environment, in the plan's order: {@code off}, {@code 5%}, {@code unknown}. */
  Map<String, String> exposures() {
    Map<String, String> exposures = new LinkedHashMap<>();
    state.environments().forEach((name, one) -> exposures.put(name, exposure(one)));
    return exposures;
  }

  static String exposure(EnvironmentState environment) {
    return environment.isUncertain() ? "unknown" : environment.exposure().toString();
  }

  /** Whether no write of ours can switch the flag on again where it was taken back. */
  boolean isSealed() {
    return state.end().map(end -> end.phase() != Phase.COMPLETED).orElse(false)
        || state.takeBack().map(TakeBack::isSealed).orElse(false);
  }

  /** Whether exposure is going back or has gone back. */
  boolean isTakenBack() {
    return state.takeBack().isPresent()
        || state.end().map(end -> end.phase() != Phase.COMPLETED).orElse(false);
  }

  /** Why it is where it is, as the events worded it; empty while all is well. */
  Optional<String> reason() {
    return state
        .end()
        .map(RolloutState.End::reason)
        .or(() -> state.takeBack().map(TakeBack::reason))
        .or(() -> state.hold().map(Hold::reason))
        .or(() -> troubles().values().stream().findFirst().map(Trouble::reason))
        .or(this::question);
  }

  /** What a person is asked, while the answer is awaited. */
  Optional<String> question() {
    return state.phase() == Phase.AWAITING_APPROVAL && !state.progress().approved()
        ? state.stage().flatMap(Stage::approval).map(asked -> "waiting for a yes to: " + asked)
        : Optional.empty();
  }

  /** Where GitLab fails us, the present stage's environment first. */
  Map<String, Trouble> troubles() {
    Map<String, Trouble> troubles = new LinkedHashMap<>();
    state.stage().map(Stage::environment).ifPresent(name -> addTrouble(troubles, name));
    state.environments().keySet().forEach(name -> addTrouble(troubles, name));
    return troubles;
  }

  private void addTrouble(Map<String, Trouble> troubles, String name) {
    state.environment(name).trouble().ifPresent(trouble -> troubles.putIfAbsent(name, trouble));
  }

  /** The watch while it goes on; empty before the first, while taking back, and at the end. */
  Optional<Watch> runningWatch() {
    return state.end().isPresent() || state.takeBack().isPresent()
        ? Optional.empty()
        : state.watch();
  }

  /** The watch of the present stage; while that is entering, the one before is still watched. */
  Optional<Watch> presentWatch() {
    return state
        .watch()
        .filter(watch -> state.stage().map(Stage::name).equals(Optional.of(watch.stage())));
  }

  /** Since when the present stage's exposure is in force everywhere. */
  Optional<Instant> verifiedAt() {
    return presentWatch().map(Watch::verifiedAt);
  }

  /** How much of the present stage's bake is covered. */
  Duration baked() {
    return presentWatch()
        .map(watch -> watch.isGuarded() ? watch.clock() : elapsed(watch))
        .orElse(Duration.ZERO);
  }

  private Duration elapsed(Watch watch) {
    Duration elapsed = Duration.between(watch.verifiedAt(), now);
    return elapsed.isNegative() ? Duration.ZERO : elapsed;
  }

  /**
   * When the bake of the present stage ends at the earliest: the bake clock stands still while
   * looks prove nothing.
   */
  Optional<Instant> bakeEndsAt() {
    return runningWatch().flatMap(running -> presentWatch()).map(this::bakeEndsAt);
  }

  private Instant bakeEndsAt(Watch watch) {
    Duration bake = stageOf(watch).bake();
    if (!watch.isGuarded()) {
      return watch.verifiedAt().plus(bake);
    }
    Duration left = bake.minus(watch.clock());
    boolean stopped = watch.clockMark().isEmpty() && !left.isNegative() && !left.isZero();
    Instant from = stopped ? later(now, nextLookAt(watch)) : watch.lastDueAt();
    return from.plus(left);
  }

  /** When the sources are asked again; empty when nothing is watched. */
  Optional<Instant> nextLookAt() {
    return runningWatch().filter(Watch::isGuarded).map(this::nextLookAt);
  }

  private Instant nextLookAt(Watch watch) {
    return looks(watch).dueAt(watch.looks() + 1);
  }

  /** One row for each guardrail of the stage that is, or was last, watched. */
  List<GuardrailRow> guardrails() {
    return state.watch().stream()
        .flatMap(watch -> watch.guardrails().entrySet().stream().map(one -> row(watch, one)))
        .toList();
  }

  private GuardrailRow row(Watch watch, Map.Entry<String, GuardrailWatch> one) {
    return GuardrailRow.of(state.plan(), one.getKey(), one.getValue(), looks(watch).required());
  }

  private Looks looks(Watch watch) {
    return Looks.of(stageOf(watch), watch.verifiedAt(), state.plan().judgement().lag());
  }

  private Stage stageOf(Watch watch) {
    return state.plan().stages().get(state.plan().indexOf(watch.stage()).orElseThrow());
  }

  /** Where this stage stands on the way. */
  Mark mark(Stage stage) {
    boolean present = state.stage().filter(stage::equals).isPresent();
    boolean passed = state.passed().contains(stage.name());
    if (present && isTakenBack()) {
      return Mark.FAILED;
    }
    boolean done = state.progress().activity() == RolloutState.Activity.PASSED;
    if (present && !done) {
      return Mark.PRESENT;
    }
    return passed ? Mark.PASSED : Mark.TO_COME;
  }

  /** The environments with what is in force there, for people; those that are off left out. */
  String exposureWords() {
    String words =
        exposures().entrySet().stream()
            .filter(one -> !one.getValue().equals(Exposure.OFF.toString()))
            .map(one -> one.getKey() + " " + one.getValue())
            .reduce((a, b) -> a + ", " + b)
            .orElse("off everywhere");
    return Escape.line(words);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
