package rollout.testing;

import java.util.Locale;

/** Plans as users write them, with milliseconds instead of hours. */
public final class ShortPlans {
  private static final String SERVERS =
      """
      version: 1
      environments:
        staging:    { url: "${STAGING_URL}",    token: "${STAGING_TOKEN}",    variables: { env: gstg } }
        production: { url: "${PRODUCTION_URL}", token: "${PRODUCTION_TOKEN}", variables: { env: gprd } }
      sources:
        prometheus: { type: prometheus, url: "${PROMETHEUS_URL}", lag: 0s }
      guardrails:
        - name: grpc-errors
          source: prometheus
          errors: 'sum(increase(errors_total{env="{{env}}",flag="{{feature}}"}[{{window}}]))'
          requests: 'sum(increase(requests_total{env="{{env}}",flag="{{feature}}"}[{{window}}]))'
          max_ratio: 1%
          min_requests: 10
          min_errors: 5
          window: 200ms
          for: 3
          on_breach: rollback
      """;

  private static final String REST =
      """
      judgement: { lag: 0s, max_gap: 5s }
      safety:    { propagation: 100ms, seal: 200ms, lease: 10s, gitlab_budget: 1s }
      """;

  private static final String STAGES =
      """
      stages:
        - { name: staging, environment: staging,    exposure: 100%, bake: 400ms, interval: 100ms }
        - { name: low,     environment: production, exposure: 5%,   bake: 400ms, interval: 100ms }
        - { name: mid,     environment: production, exposure: 50%,  bake: 400ms, interval: 100ms }
        - { name: full,    environment: production, exposure: 100%, bake: 400ms, interval: 100ms }
      """;

  private static final String ONE_STAGE =
      """
      stages:
        - { name: low, environment: production, exposure: 5%, bake: 400ms, interval: 100ms }
      """;

  private ShortPlans() {}

  /** Staging, then 5 %, 50 % and 100 % of production; about three seconds. */
  public static String fourStages() {
    return SERVERS + STAGES + REST;
  }

  /** A plan whose first stage asks for an approval. */
  public static String withApproval(String plan) {
    return plan.replaceFirst("interval: 100ms }", "interval: 100ms, approval: \"Tested\" }");
  }

  /** The four stages, but 5 % of production lasts longer than any test. */
  public static String longAtFivePercent() {
    return fourStages().replace("exposure: 5%,   bake: 400ms", "exposure: 5%,   bake: 5m");
  }

  /** The four stages, with two cells instead of one production; {@code name} is the second. */
  public static String withSecondCell(String name) {
    return fourStages()
        .replaceFirst(
            "(?m)^  production: .*$",
            "$0\n  NAME: { url: \"\\${SHOUT_URL}\", token: \"\\${SHOUT_TOKEN}\", variables: { env: NAME } }")
        .replace("environment: production,", "environment: [production, NAME],")
        .replace("SHOUT", name.toUpperCase(Locale.ROOT))
        .replace("NAME", name);
  }

  /** A plan after whose guardrails' rollbacks the gates from before come back. */
  public static String backToBaseline(String plan) {
    return plan.replace("seal: 200ms", "seal: 200ms, rollback_to: baseline");
  }

  /** A plan whose requests are taken to be under way for as long as half a second. */
  public static String withSlowRequests(String plan) {
    return plan.replace("seal: 200ms", "seal: 600ms");
  }

  /** Nothing but 5 % of production. */
  public static String oneStage() {
    return SERVERS + ONE_STAGE + REST;
  }
}
