package rollout.core;

/** A guardrail in one environment: each has a test of its own. */
public record ComparisonKey(String guardrail, String environment) {}
