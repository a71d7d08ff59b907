package rollout.journal;

import static rollout.journal.Forms.DURATION;
import static rollout.journal.Forms.EXPOSURE;
import static rollout.journal.Forms.NUMBER;
import static rollout.journal.Forms.PLACES;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.TRUTH;
import static rollout.journal.Forms.WHOLE;

import java.util.Optional;
import java.util.TreeMap;
import rollout.plan.FlagSettings;
import rollout.plan.Gate;
import rollout.plan.Judgement;
import rollout.plan.Plan;
import rollout.plan.RaiseConditions;
import rollout.plan.Safety;
import rollout.plan.Stage;

/** The stored form of a plan: the journal's own, whatever rollout.yaml looks like by then. */
final class PlanForms {
  private static final Form<FlagSettings> FLAG_SETTINGS =
      new Shape<>(
          (to, flag) -> to.map("variables", TEXT, new TreeMap<>(flag.variables())),
          from -> new FlagSettings(from.map("variables", TEXT)));

  private static final Form<Stage> STAGE =
      new Shape<>(
          (to, stage) ->
              to.put("name", TEXT, stage.name())
                  .put("environment", PLACES, stage.environments())
                  .put("exposure", EXPOSURE, stage.exposure())
                  .put("bake", DURATION, stage.bake())
                  .put("interval", DURATION, stage.interval())
                  .list("guardrails", TEXT, stage.guardrails())
                  .put("unguarded", TRUTH, stage.unguarded())
                  .maybe("approval", TEXT, stage.approval())
                  .maybe("min_requests", WHOLE, stage.minRequests())
                  .maybe("require_detectable", NUMBER, stage.requireDetectable())
                  .maybe("bake_at_most", DURATION, stage.bakeAtMost()),
          from ->
              new Stage(
                  from.get("name", TEXT),
                  from.get("environment", PLACES),
                  from.get("exposure", EXPOSURE),
                  from.get("bake", DURATION),
                  from.get("interval", DURATION),
                  from.list("guardrails", TEXT),
                  from.get("unguarded", TRUTH),
                  from.maybe("approval", TEXT),
                  from.maybe("min_requests", WHOLE),
                  from.maybe("require_detectable", NUMBER),
                  from.maybe("bake_at_most", DURATION)));

  private static final Form<Judgement.NoData> NO_DATA = Forms.word(Judgement.NoData.class);

  private static final Form<Judgement> JUDGEMENT =
      new Shape<>(
          (to, judgement) ->
              to.put("false_rollback", NUMBER, judgement.falseRollback())
                  .put("no_data", NO_DATA, judgement.noData())
                  .put("max_gap", DURATION, judgement.maxGap())
                  .put("lag", DURATION, judgement.lag())
                  .put("extend_at_most", NUMBER, judgement.extendAtMost()),
          from ->
              new Judgement(
                  from.get("false_rollback", NUMBER),
                  from.get("no_data", NO_DATA),
                  from.get("max_gap", DURATION),
                  from.get("lag", DURATION),
                  from.get("extend_at_most", NUMBER)));

  private static final Form<Gate> GATE = Forms.word(Gate.class);
  private static final Form<Safety.Scope> SCOPE = Forms.word(Safety.Scope.class);
  private static final Form<Safety.RollbackTo> TO = Forms.word(Safety.RollbackTo.class);
  private static final Form<Safety.Marker> MARKER = Forms.word(Safety.Marker.class);

  private static final Form<Safety> SAFETY =
      new Shape<>(
          (to, safety) ->
              to.put("gate", GATE, safety.gate())
                  .put("rollback_scope", SCOPE, safety.scope())
                  .maybe("rollback_to", TO, beyondOff(safety))
                  .put("propagation", DURATION, safety.propagation())
                  .put("seal", DURATION, safety.seal())
                  .put("lease", DURATION, safety.lease())
                  .maybe("in_flight", DURATION, safety.inFlight())
                  .put("gitlab_budget", DURATION, safety.gitlabBudget())
                  .put("marker", MARKER, safety.marker()),
          from ->
              new Safety(
                  from.get("gate", GATE),
                  from.get("rollback_scope", SCOPE),
                  from.maybe("rollback_to", TO).orElse(Safety.RollbackTo.OFF),
                  from.get("propagation", DURATION),
                  from.get("seal", DURATION),
                  from.get("lease", DURATION),
                  from.maybe("in_flight", DURATION),
                  from.get("gitlab_budget", DURATION),
                  from.get("marker", MARKER)));

  static final Form<Plan> PLAN =
      new Shape<>(
          (to, plan) ->
              to.list("environments", SourceForms.ENVIRONMENT, plan.environments())
                  .list("sources", SourceForms.SOURCE, plan.sources())
                  .map("flags", FLAG_SETTINGS, plan.flags())
                  .map("variables", TEXT, plan.variables())
                  .map("overrides", TEXT, plan.overrides())
                  .list("guardrails", GuardrailForms.GUARDRAIL, plan.guardrails())
                  .maybe("exposure_check", GuardrailForms.EXPOSURE_CHECK, plan.exposureCheck())
                  .list("stages", STAGE, plan.stages())
                  .put("judgement", JUDGEMENT, plan.judgement())
                  .put("safety", SAFETY, plan.safety())
                  .maybe("conditions", ConditionForms.CONDITIONS, unlessNone(plan.conditions())),
          from ->
              new Plan(
                  from.list("environments", SourceForms.ENVIRONMENT),
                  from.list("sources", SourceForms.SOURCE),
                  from.map("flags", FLAG_SETTINGS),
                  from.map("variables", TEXT),
                  from.map("overrides", TEXT),
                  from.list("guardrails", GuardrailForms.GUARDRAIL),
                  from.maybe("exposure_check", GuardrailForms.EXPOSURE_CHECK),
                  from.list("stages", STAGE),
                  from.get("judgement", JUDGEMENT),
                  from.get("safety", SAFETY),
                  from.maybe("conditions", ConditionForms.CONDITIONS)
                      .orElse(RaiseConditions.NONE)));

  private PlanForms() {}

  /** Left out where it is off, as in journals from before there was a choice. */
  private static Optional<Safety.RollbackTo> beyondOff(Safety safety) {
    return Optional.of(safety.rollbackTo()).filter(to -> to != Safety.RollbackTo.OFF);
  }

  private static Optional<RaiseConditions> unlessNone(RaiseConditions conditions) {
    return Optional.of(conditions).filter(some -> !some.equals(RaiseConditions.NONE));
  }
}
