package rollout.plan.diff;

import java.util.List;
import java.util.stream.Stream;
import rollout.plan.FlagName;
import rollout.plan.Plan;

/** All that two plans differ in, for one flag. */
public final class PlanDiff {
  private PlanDiff() {}

  /**
   * The differences, in the order of rollout.yaml; none when a rollout of this flag would be the
   * same. Secrets are not compared, because the journal does not keep them; where they are looked
   * for is.
   */
  public static List<Change> between(Plan before, Plan after, FlagName flag) {
    return Stream.of(
            new EnvironmentPart().between(before.environments(), after.environments()),
            new SourcePart().between(before.sources(), after.sources()),
            VariableChanges.between(before, after, flag),
            new GuardrailPart().between(before.guardrails(), after.guardrails()),
            ExposureCheckChanges.between(before, after),
            new StagePart().withOrder(before.stages(), after.stages()),
            ConditionChanges.between(before.conditions(), after.conditions()),
            SettingChanges.between(before, after))
        .flatMap(List::stream)
        .toList();
  }
}
