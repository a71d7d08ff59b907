package rollout.core;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rollout.plan.Exposure;
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
    Stage failed =
        state
            .watch()
            .map(watch -> Advancing.stageOf(state.plan(), watch))
            .or(state::stage)
            .orElseThrow();
    return new Event.RollbackDecided(
        now,
        Event.Cause.GUARDRAIL,
        stageIn(state, failed.environments()).name(),
        widest(state, failed.environments()),
        scope(state, failed.environments()),
        guardrail,
        reason,
        value,
        limit);
  }

  /** Somebody switched the flag off without us: it is kept off. */
  static Event.RollbackDecided stoppedElsewhere(
      RolloutState state, String environment, Instant now) {
    Stage stopped = stageIn(state, List.of(environment));
    Set<String> concerned = new LinkedHashSet<>(List.of(environment));
    stopped.environments().stream().filter(cell -> mayBeOn(state, cell)).forEach(concerned::add);
    return new Event.RollbackDecided(
        now,
        Event.Cause.STOPPED_ELSEWHERE,
        stopped.name(),
        widest(state, concerned),
        scope(state, concerned),
        Optional.empty(),
        "somebody switched "
            + state.flag()
            + " off in "
            + environment
            + " without this program; it stays off",
        Optional.empty(),
        Optional.empty());
  }

  /** The present stage if it is one of these environments', otherwise the one that is watched. */
  private static Stage stageIn(RolloutState state, Collection<String> environments) {
    Stage present = state.stage().orElseThrow();
    return environments.stream().anyMatch(present::isIn)
        ? present
        : state.watch().map(watch -> Advancing.stageOf(state.plan(), watch)).orElse(present);
  }

  private static Exposure widest(RolloutState state, Collection<String> environments) {
    return environments.stream().map(state::widest).max(Exposure::compareTo).orElseThrow();
  }

  private static boolean mayBeOn(RolloutState state, String environment) {
    EnvironmentState one = state.environment(environment);
    return one.isTouched() || !one.exposure().isOff();
  }

  /** What is being entered goes back too: its raise may be on its way, and nobody watches it. */
  private static List<String> scope(RolloutState state, Collection<String> environments) {
    Set<String> scope = new LinkedHashSet<>(environments);
    state.stage().stream()
        .flatMap(stage -> stage.environments().stream())
        .filter(entering -> state.environment(entering).isTouched())
        .forEach(scope::add);
    if (state.plan().safety().scope() == Safety.Scope.ALL) {
      scope.addAll(state.touched());
    }
    return List.copyOf(scope);
  }
}
