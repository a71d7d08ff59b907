package rollout.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    Stage stage = state.stage().orElseThrow();
    return new Event.RollbackDecided(
        now,
        Event.Cause.GUARDRAIL,
        stage.name(),
        state.widest(stage.environment()),
        scope(state, watchedEnvironment(state, stage)),
        guardrail,
        reason,
        value,
        limit);
  }

  /** Somebody switched the flag off without us: it is kept off. */
  static Event.RollbackDecided stoppedElsewhere(
      RolloutState state, String environment, Instant now) {
    Stage stage = state.stage().orElseThrow();
    return new Event.RollbackDecided(
        now,
        Event.Cause.STOPPED_ELSEWHERE,
        stage.name(),
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

  private static String watchedEnvironment(RolloutState state, Stage stage) {
    return state
        .watch()
        .map(watch -> Advancing.stageOf(state.plan(), watch).environment())
        .filter(watched -> !state.environment(stage.environment()).isTouched())
        .orElse(stage.environment());
  }

  private static List<String> scope(RolloutState state, String environment) {
    if (state.plan().safety().scope() == Safety.Scope.ENVIRONMENT) {
      return List.of(environment);
    }
    List<String> touched = state.touched();
    return touched.isEmpty() ? List.of(environment) : touched;
  }
}
