package rollout.plan.diff;

import static rollout.plan.diff.Loosening.always;
import static rollout.plan.diff.Loosening.ifLarger;
import static rollout.plan.diff.Loosening.ifSmaller;

import java.util.ArrayList;
import java.util.List;
import rollout.plan.Judgement;
import rollout.plan.Plan;
import rollout.plan.Safety;

/** How evidence is weighed, and how exposure is changed. */
final class SettingChanges {
  /** A smaller budget of false alarms makes a judge slower to say that something is wrong. */
  private static final List<Key<Judgement, ?>> JUDGEMENT =
      List.of(
          new Key<>("false_rollback", Judgement::falseRollback, Words::share, ifSmaller()),
          Key.strengthening("no_data", Judgement::noData),
          Key.duration("max_gap", Judgement::maxGap, ifLarger()),
          Key.duration("lag", Judgement::lag, always()),
          Key.number("extend_at_most", Judgement::extendAtMost, ifLarger()));

  private static final List<Key<Safety, ?>> SAFETY =
      List.of(
          new Key<>("gate", Safety::gate, Words::of, always()),
          Key.strengthening("rollback_scope", Safety::scope),
          Key.weakening("rollback_to", Safety::rollbackTo),
          Key.duration("propagation", Safety::propagation, ifSmaller()),
          Key.duration("seal", Safety::seal, ifSmaller()),
          Key.duration("lease", Safety::lease, ifSmaller()),
          Key.duration("in_flight", Safety::effectiveInFlight, ifSmaller()),
          Key.duration("gitlab_budget", Safety::gitlabBudget, ifLarger()),
          Key.weakening("marker", Safety::marker));

  private SettingChanges() {}

  static List<Change> between(Plan before, Plan after) {
    List<Change> changes = new ArrayList<>();
    changes.addAll(Key.between("judgement", JUDGEMENT, before.judgement(), after.judgement()));
    changes.addAll(Key.between("safety", SAFETY, before.safety(), after.safety()));
    return changes;
  }
}
