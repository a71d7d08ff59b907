package rollout.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.GuardrailWatch;
import rollout.core.Looks;
import rollout.core.Progress.Activity;
import rollout.core.RolloutState;
import rollout.core.Shortage;
import rollout.core.Watch;
import rollout.plan.Stage;

/**
 * The watch of a rollout at one moment: its bake, its next look, its guardrails.
 *
 * @param now the moment it is looked at
 */
record Watching(RolloutState state, Instant now) {
  /** The watch while it goes on; empty before the first, while taking back, and at the end. */
  Optional<Watch> running() {
    return state.end().isPresent() || state.takeBack().isPresent()
        ? Optional.empty()
        : state.watch();
  }

  /** The watch of the present stage; while that is entering, the one before is still watched. */
  Optional<Watch> present() {
    return state.progress().activity() == Activity.ENTERING ? Optional.empty() : state.watch();
  }

  /** Since when the present stage's exposure is in force everywhere. */
  Optional<Instant> verifiedAt() {
    return present().map(Watch::verifiedAt);
  }

  /** How much of the present stage's bake is covered. */
  Duration baked() {
    return present()
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
    return running().flatMap(running -> present()).map(this::bakeEndsAt);
  }

  private Instant bakeEndsAt(Watch watch) {
    Duration bake = stageOf(watch).bake();
    if (!watch.isGuarded()) {
      return watch.verifiedAt().plus(bake);
    }
    Duration left = bake.minus(watch.clock());
    boolean stopped = isStopped(watch) && !left.isNegative() && !left.isZero();
    Instant from = stopped ? later(now, nextLookAt(watch)) : watch.lastDueAt();
    return from.plus(left);
  }

  /** Whether the bake of the present stage makes no headway, because a look proved nothing. */
  boolean isStopped() {
    return present().filter(Watching::isStopped).isPresent();
  }

  private static boolean isStopped(Watch watch) {
    return watch.isGuarded() && watch.clockMark().isEmpty();
  }

  /** What a comparison lacks after the bake, which extends the present stage. */
  Optional<Shortage> shortage() {
    return running()
        .flatMap(running -> present())
        .filter(watch -> watch.isGuarded() && isBaked(watch))
        .flatMap(watch -> Shortage.of(state.plan(), stageOf(watch), watch));
  }

  private boolean isBaked(Watch watch) {
    return watch.clock().compareTo(stageOf(watch).bake()) >= 0
        && state.progress().activity() == Activity.BAKING;
  }

  /** When the sources are asked again; empty when nothing is watched. */
  Optional<Instant> nextLookAt() {
    return running().filter(Watch::isGuarded).map(this::nextLookAt);
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
    return GuardrailRow.of(
        state.plan(), stageOf(watch), one.getKey(), one.getValue(), looks(watch).required());
  }

  private Looks looks(Watch watch) {
    return Looks.of(stageOf(watch), watch.verifiedAt(), state.plan().judgement().lag());
  }

  private Stage stageOf(Watch watch) {
    return state.plan().stages().get(state.plan().indexOf(watch.stage()).orElseThrow());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
