package rollout.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which PromQL a guardrail is warned of, and which it is not. */
class PromqlLintTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(rate(a[{{window}}]))",
        "avg without (pod) (a)",
        "histogram_quantile(0.99, sum by (le) (rate(a_bucket[{{window}}])))",
        "sum(rate(a{path=\"/x\"}[{{window}}])) / 1000",
        "sum(a) / (sum(b) > 0)",
        "sum(a{x=\"}\"}) / clamp_min(sum(b), 1)",
        "scalar(a{x=~\"[5m]\"})",
        "(sum(a) / sum(b)) or vector(1)",
      })
  void soundQueriesAreLeftAlone(String query) {
    assertEquals(List.of(), said(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(a[{{window}}])",
        "a{x=\"sum(b)\"}",
        "sum by (pod) (a)",
        "(max by(pod)(a))",
        "sum(rate(a[5m]))",
        "max_over_time(sum(a)[1h:5m])",
        "sum(a) / sum(b)",
        "sum(a) or vector(0)",
        "sum_total",
      })
  void eachMistakeIsOneWarning(String query) {
    assertEquals(1, said(query).size(), () -> query + ": " + said(query));
  }

  private static List<Problem> said(String query) {
    String plan =
        """
        version: 1
        environments: { a: { url: https://a.example } }
        sources: { p: { type: prometheus, url: https://p.example } }
        guardrails: [{ name: g, source: p, max: 1, value: '%s' }]
        stages: [{ name: s, environment: a, exposure: 100%%, bake: 1h }]
        """;
    return PlanReader.read("rollout.yaml", plan.formatted(query)).problems();
  }
}
