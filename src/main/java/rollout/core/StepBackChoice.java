package rollout.core;

import java.time.Instant;
import java.util.Optional;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.Safety;
import rollout.plan.Stage;

/** Whether a breach that nobody is left to compare with leads to a step-back or to a rollback. */
public final class StepBackChoice {
  private static final int MOST_IN_A_STAGE = 2;

  private StepBackChoice() {}

  /** A step-back, or the rollback that is left where there can be none. */
  static Event decide(RolloutState state, Finding finding, String reason, Instant now) {
    Optional<String> impossible = whyImpossible(state, finding.guardrail());
    if (impossible.isPresent()) {
      return Rollbacks.decide(
          state,
          now,
          Optional.of(finding.guardrail()),
          reason + "; no step-back: " + impossible.get(),
          finding.value(),
          finding.limit());
    }
    Stage stage = state.stage().orElseThrow();
    return new Event.StepBackDecided(
        now,
        stage.name(),
        stage.environments(),
        state.stepBacks().all() + 1,
        before(state.plan(), stage).orElseThrow().exposure(),
        finding.guardrail(),
        reason,
        finding.value(),
        finding.limit());
  }

  /** Where it goes back to: the last stage before this one in the same cells, if it is narrower. */
  static Optional<Stage> before(Plan plan, Stage stage) {
    return plan.stages().subList(0, plan.stages().indexOf(stage)).stream()
        .filter(earlier -> earlier.environments().equals(stage.environments()))
        .reduce((earlier, later) -> later)
        .filter(earlier -> earlier.exposure().compareTo(stage.exposure()) < 0);
  }

  private static Optional<String> whyImpossible(RolloutState state, String guardrail) {
    Stage stage = state.stage().orElseThrow();
    if (state.stepBacks().in(stage.name()) >= MOST_IN_A_STAGE) {
      return Optional.of("the stage was stepped back " + MOST_IN_A_STAGE + " times already");
    }
    return whyImpossible(state.plan(), stage, guardrail)
        .or(
            () ->
                isFullyOn(state, stage)
                    ? Optional.empty()
                    : Optional.of("the flag is not, or not by us, fully on in " + stage.place()));
  }

  /**
   * What of the plan leaves no way back for this guardrail in this stage; empty when there is one.
   */
  public static Optional<String> whyImpossible(Plan plan, Stage stage, String guardrail) {
    Optional<Stage> before = before(plan, stage);
    if (before.isEmpty()) {
      return Optional.of("no stage before it shows the flag to some in " + stage.place());
    }
    if (!before.get().guardrails().contains(guardrail)) {
      return Optional.of(guardrail + " does not watch stage " + before.get().name());
    }
    if (plan.guardrail(guardrail).check() instanceof Check.Compare compare
        && compare.arms() instanceof Arms.Series series
        && series.control().isEmpty()) {
      return Optional.of(guardrail + " counts no requests with the flag off");
    }
    return plan.safety().marker() == Safety.Marker.NONE
        ? Optional.of("without a marker nobody's off can be told from ours")
        : Optional.empty();
  }

  private static boolean isFullyOn(RolloutState state, Stage stage) {
    boolean watched =
        state.watch().filter(watch -> watch.stage().equals(stage.name())).isPresent()
            && state.progress().activity() != Progress.Activity.ENTERING;
    boolean sure =
        !state.holds().containsKey(HoldKind.DRIFT) && !state.holds().containsKey(HoldKind.REFUSED);
    return watched
        && sure
        && stage.environments().stream()
            .map(state::environment)
            .allMatch(StepBackChoice::isFullyOn);
  }

  private static boolean isFullyOn(EnvironmentState here) {
    return here.markerActor().isPresent()
        && here.intent().isEmpty()
        && here.confirmed().filter(GateState::everybody).isPresent();
  }

  /** What follows while the journal is silent: a step-back that it cannot be told of ends off. */
  static Optional<Decision> withoutJournal(RolloutState state, Decision decision) {
    if (decision.events().isEmpty()
        || decision.events().stream().anyMatch(StepBackChoice::takesBack)) {
      return Optional.empty();
    }
    String silent = "the journal could not be told of it";
    Optional<Decision> instead =
        decision.events().stream()
            .filter(Event.StepBackDecided.class::isInstance)
            .map(Event.StepBackDecided.class::cast)
            .findFirst()
            .map(back -> Advancing.events(instead(state, back, silent)));
    return instead.isPresent() || !SteppingBack.isGoingDown(state)
        ? instead
        : Optional.of(SteppingBack.inDoubt(state, decision.events().get(0).at(), silent));
  }

  private static Event instead(RolloutState state, Event.StepBackDecided back, String why) {
    return Rollbacks.decide(
        state,
        back.at(),
        Optional.of(back.guardrail()),
        back.reason() + "; no step-back: " + why,
        back.value(),
        back.limit());
  }

  private static boolean takesBack(Event event) {
    return event instanceof Event.RollbackDecided || event instanceof Event.AbortRequested;
  }
}
