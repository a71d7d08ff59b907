package rollout.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.plan.Exposure;
import rollout.plan.Plan;
import rollout.testing.Plans;

class ScenarioTest {
  private final Plan plan = Plans.checklist();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "healthy",
        "errors@mid",
        "errors:5x@mid",
        "ramp:2.5x@low",
        "transient@low",
        "shared@mid",
        "latency@full",
        "new-issue@low",
        "outage@mid",
        "nobody-uses-it@low",
        "incident@mid",
        "freeze@low"
      })
  void readsWhatItWrites(String text) {
    assertEquals(text, Scenario.parse(text, plan).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "error@mid, errors@mid",
    "errors@med, errors@mid",
    "new-issues@lo, new-issue@low",
    "nobody@low, nobody-uses-it@low",
  })
  void suggestsTheNearest(String slip, String meant) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Scenario.parse(slip, plan));
    assertTrue(refusal.getMessage().contains("did you mean " + meant + "?"), refusal::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "errors", "@mid", "errors@", "healthy@mid", "errors@mid@low"})
  void namesTheKindsAndTheStages(String slip) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Scenario.parse(slip, plan));
    assertTrue(
        refusal.getMessage().contains("errors, ramp, transient, shared, latency, new-issue, alert"),
        refusal::getMessage);
    assertTrue(refusal.getMessage().contains("dev, staging, low, mid, full"), refusal::getMessage);
  }

  @Test
  void strikesAtItsStageAndWiderInItsEnvironmentOnly() {
    Scenario scenario = Scenario.parse("errors@mid", plan);
    assertFalse(scenario.strikes("production", Exposure.parse("5%")));
    assertTrue(scenario.strikes("production", Exposure.parse("50%")));
    assertTrue(scenario.strikes("production", Exposure.FULL));
    assertFalse(scenario.strikes("staging", Exposure.FULL));
    assertFalse(Scenario.HEALTHY.strikes("production", Exposure.FULL));
  }
}
