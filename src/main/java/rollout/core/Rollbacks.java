package rollout.core;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rollout.plan.Safety;
import rollout.plan.Stage;

/** The decision that exposure goes back, and where. */
final class Rollbacks {
  private Rollbacks() {}

  static Event.RollbackDecided decide(
      RolloutState state,
      Instant now,
      Optional<String> guardrail,
      String reason,
      Optional<Double> value,
      Optional<Double> limit) {
    String environment =
        state
            .watch()
            .map(watch -> Advancing.stageOf(state.plan(), watch))
            .or(state::stage)
            .map(Stage::environment)
            .orElseThrow();
    return new Event.RollbackDecided(
        now,
        Event.Cause.GUARDRAIL,
        stageIn(state, environment),
        state.widest(environment),
        scope(state, environment),
        guardrail,
        reason,
        value,
        limit);
  }

  /** Somebody switched the flag off without us: it is kept off. */
  static Event.RollbackDecided stoppedElsewhere(
      RolloutState state, String environment, Instant now) {
    return new Event.RollbackDecided(
        now,
        Event.Cause.STOPPED_ELSEWHERE,
        stageIn(state, environment),
        state.widest(environment),
        scope(state, environment),
        Optional.empty(),
        "somebody switched "
            + state.flag()
            + " off in "
            + environment
            + " without this program; it stays off",
        Optional.empty(),
        Optional.empty());
  }

  /** The present stage if it is one of this environment, otherwise the one that is watched. */
  private static String stageIn(RolloutState state, String environment) {
    Stage present = state.stage().orElseThrow();
    return present.environment().equals(environment)
        ? present.name()
        : state.watch().map(Watch::stage).orElse(present.name());
  }

  /** What is being entered goes back too: its raise may be on its way, and nobody watches it. */
  private static List<String> scope(RolloutState state, String environment) {
    Set<String> scope = new LinkedHashSet<>(List.of(environment));
    state
        .stage()
        .map(Stage::environment)
        .filter(entering -> state.environment(entering).isTouched())
        .ifPresent(scope::add);
    if (state.plan().safety().scope() == Safety.Scope.ALL) {
      scope.addAll(state.touched());
    }
    return List.copyOf(scope);
  }
}
