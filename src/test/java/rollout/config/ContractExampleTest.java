package rollout.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import rollout.plan.Plan;

/** The files that we hand out are valid. */
class ContractExampleTest {
  @Test
  void theExampleOfTheContractHasNoErrorAndNoWarning() {
    PlanFile file = PlanReader.read("rollout.yaml", Texts.resource("contract.yaml"));
    assertEquals(List.of(), file.problems(Severity.ERROR));
    assertEquals(List.of(), file.problems(Severity.WARNING));
    Plan plan = file.readable();
    assertEquals(5, plan.stages().size());
    assertEquals(List.of("grpc-errors", "alerts"), plan.stages().get(1).guardrails());
  }

  @Test
  void whatIsMissingInThisVersionIsNamedAtItsKey() {
    PlanFile file = PlanReader.read("rollout.yaml", Texts.resource("contract.yaml"));
    List<String> said =
        file.problems(Severity.UNSUPPORTED).stream()
            .map(
                problem ->
                    problem.origin().line()
                        + " "
                        + problem
                            .message()
                            .replace(": not supported yet, so this plan cannot be driven", ""))
            .toList();
    assertEquals(
        List.of(
            "4 notify",
            "5 notify",
            "11 channels",
            "18 issue",
            "19 routes",
            "22 sentry_triaged",
            "27 required_links",
            "30 links",
            "57 guardrail errors-vs-control of type compare",
            "76 outcome"),
        said);
  }

  @Test
  void ourOwnPlanCanBeDrivenAsItIs() {
    PlanFile file = PlanReader.read("rollout.yaml", Texts.repository("rollout.yaml"));
    assertEquals(List.of(), file.problems());
    assertTrue(file.plan().isPresent());
  }
}
