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
          for: 2
          on_breach: rollback
      stages:
        - { name: dev,     environment: dev,        exposure: 100%, bake: 400ms, interval: 200ms, unguarded: true }
        - { name: staging, environment: staging,    exposure: 100%, bake: 400ms, interval: 200ms }
        - { name: low,     environment: production, exposure: 5%,   bake: 400ms, interval: 200ms }
        - { name: mid,     environment: production, exposure: 50%,  bake: 400ms, interval: 200ms }
        - { name: full,    environment: production, exposure: 100%, bake: 400ms, interval: 200ms }
      judgement: { lag: 0s, max_gap: 60s }
      """;

  private Plans() {}

  /** Five stages in four to five seconds. A request is taken to be under way for half a second. */
  static String fiveStages() {
    return HEAD + "safety: { propagation: 100ms, seal: 600ms, lease: 30s, gitlab_budget: 20s }\n";
  }

  /** The same, and 5 % of production lasts longer than any test. */
  static String longAtFivePercent() {
    return fiveStages().replace("exposure: 5%,   bake: 400ms", "exposure: 5%,   bake: 5m");
  }

  /** The same, with dev and staging as the two cells of its first stage. */
  static String withCells() {
    return fiveStages()
        .replaceFirst("(?m)^  - \\{ name: dev, .*\\n", "")
        .replace("environment: staging, ", "environment: [dev, staging], ");
  }

  /** Five stages; a request is under way for a second at most, and a lease lasts two. */
  static String shortLease() {
    return HEAD + "safety: { propagation: 100ms, seal: 2s, lease: 2s, gitlab_budget: 20s }\n";
  }

  /** The same, and staging asks for an approval. */
  static String withApproval() {
    return fiveStages()
        .replace(
            "bake: 400ms, interval: 200ms }\n  - { name: low",
            "bake: 400ms, interval: 200ms, approval: \"Tested\" }\n  - { name: low");
  }
}
