package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.plan.diff.Change;
import rollout.plan.diff.PlanDiff;

/**
 * Another plan for a rollout that is under way (invariant I10), and from where the watch counts
 * under it. What it may not touch is {@link Fixed}.
 */
final class Replanning {
  private Replanning() {}

  static Decision onReplan(RolloutState state, Input.Replan replan) {
    List<Change> changes = PlanDiff.between(state.plan(), replan.plan(), state.flag());
    if (changes.isEmpty()) {
      return Decision.NOTHING;
    }
    return Fixed.whyTouched(state, replan)
        .map(Decision::refused)
        .orElseGet(() -> Advancing.events(replanned(state, replan, changes)));
  }

  private static Event replanned(RolloutState state, Input.Replan replan, List<Change> changes) {
    boolean anew =
        state.watch().filter(watch -> !isWatchedAlike(state, replan.plan(), watch)).isPresent();
    return new Event.Replanned(
        replan.at(),
        replan.plan(),
        replan.digestBefore(),
        replan.digestAfter(),
        changes,
        anew,
        replan.actor(),
        replan.reason());
  }

  /** Which stage it is stays; what was passed or asked under the old plan is asked again. */
  static RolloutState apply(RolloutState state, Event.Replanned event) {
    Optional<Watch> watch = state.watch();
    boolean asksAnew = event.beginsAnew() || isAskedOtherwise(state, event.plan());
    RolloutState next = Comparisons.replanned(state, event.plan()).with(event);
    if (event.beginsAnew() && watch.isPresent()) {
      next = next.with(watch.get().anew(event.plan(), event.at()));
    }
    if (!asksAnew || state.progress().activity() == Progress.Activity.PREFLIGHT) {
      return next;
    }
    if (state.progress().activity() == Progress.Activity.ENTERING) {
      return next.with(state.progress().withoutPromotion());
    }
    boolean promotedStill = !event.beginsAnew() && state.progress().promoted();
    Progress baking = state.progress().bakingAgain(state.stage().orElseThrow().name());
    return next.with(promotedStill ? baking.withPromotion() : baking)
        .lifted(Set.of(HoldKind.LIMIT));
  }

  /** The present stage asked another question, or none, when it was clear. */
  private static boolean isAskedOtherwise(RolloutState state, Plan plan) {
    Progress.Activity activity = state.progress().activity();
    boolean was =
        activity == Progress.Activity.AWAITING_APPROVAL || activity == Progress.Activity.PASSED;
    int index = state.progress().stageIndex();
    return was && !plan.stages().get(index).approval().equals(state.stage().get().approval());
  }

  /** The watched stage is judged by the same rules, over the same answers. */
  private static boolean isWatchedAlike(RolloutState state, Plan plan, Watch watch) {
    Plan before = state.plan();
    return before.judgement().equals(plan.judgement())
        && rules(before, watch).equals(rules(plan, watch))
        && questions(state, before, watch).equals(questions(state, plan, watch));
  }

  /** How the watched stage is judged; its approval and where it lies are no part of that. */
  private static List<Object> rules(Plan plan, Watch watch) {
    Stage stage = Advancing.stageOf(plan, watch);
    List<Guardrail> guardrails = stage.guardrails().stream().map(plan::guardrail).toList();
    return List.of(
        stage.bake(),
        stage.interval(),
        stage.unguarded(),
        stage.minRequests(),
        stage.requireDetectable(),
        stage.bakeAtMost(),
        guardrails,
        plan.exposureCheck());
  }

  /** What a look of it would ask, every placeholder filled in. */
  private static Look questions(RolloutState state, Plan plan, Watch watch) {
    Stage stage = Advancing.stageOf(plan, watch);
    Instant someDay = Instant.EPOCH.plus(Duration.ofDays(3650));
    return new Inquiries(plan, state.flag(), stage, Instant.EPOCH, Instant.EPOCH).look(1, someDay);
  }
}
