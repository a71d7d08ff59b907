package rollout.crash;

/** The plan that is killed: an unguarded stage, then three ways up one environment. */
final class Plans {
  private static final String HEAD =
      """
      version: 1
      environments:
        dev:        { url: "${DEV_URL}",        token: "${DEV_TOKEN}",        variables: { env: dev } }
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
      stages:
        - { name: dev,     environment: dev,        exposure: 100%, bake: 100ms, interval: 100ms, unguarded: true }
        - { name: staging, environment: staging,    exposure: 100%, bake: 300ms, interval: 100ms }
        - { name: low,     environment: production, exposure: 5%,   bake: 300ms, interval: 100ms }
        - { name: mid,     environment: production, exposure: 50%,  bake: 300ms, interval: 100ms }
        - { name: full,    environment: production, exposure: 100%, bake: 300ms, interval: 100ms }
      judgement: { lag: 0s, max_gap: 60s }
      """;

  private Plans() {}

  /** Five stages in about three seconds. A request is taken to be under way for half a second. */
  static String fiveStages() {
    return HEAD + "safety: { propagation: 100ms, seal: 600ms, lease: 30s, gitlab_budget: 20s }\n";
  }

  /** The same, and 5 % of production lasts longer than any test. */
  static String longAtFivePercent() {
    return fiveStages().replace("exposure: 5%,   bake: 300ms", "exposure: 5%,   bake: 5m");
  }

  /** The same, and staging asks for an approval. */
  static String withApproval() {
    return fiveStages()
        .replace(
            "bake: 300ms, interval: 100ms }\n  - { name: low",
            "bake: 300ms, interval: 100ms, approval: \"Tested\" }\n  - { name: low");
  }
}
