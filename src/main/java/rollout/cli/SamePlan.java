package rollout.cli;

import java.util.List;
import java.util.Map;
import rollout.plan.Environment;
import rollout.plan.Plan;
import rollout.plan.SecretRef;
import rollout.plan.Source;

/** Whether two plans say the same; secrets apart, which the journal does not keep. */
final class SamePlan {
  private SamePlan() {}

  static boolean same(Plan a, Plan b) {
    return environments(a).equals(environments(b))
        && sources(a).equals(sources(b))
        && a.flags().equals(b.flags())
        && a.variables().equals(b.variables())
        && a.guardrails().equals(b.guardrails())
        && a.exposureCheck().equals(b.exposureCheck())
        && a.stages().equals(b.stages())
        && a.judgement().equals(b.judgement())
        && a.safety().equals(b.safety());
  }

  private static List<Map.Entry<SecretRef, Map<String, String>>> environments(Plan plan) {
    return plan.environments().stream()
        .map((Environment one) -> Map.entry(one.url(), one.variables()))
        .toList();
  }

  private static List<Map.Entry<String, SecretRef>> sources(Plan plan) {
    return plan.sources().stream().map((Source one) -> Map.entry(one.name(), one.url())).toList();
  }
}
