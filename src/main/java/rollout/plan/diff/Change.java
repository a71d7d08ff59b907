package rollout.plan.diff;

/**
 * One difference between a plan and the one that replaces it.
 *
 * @param words one line, such as {@code guardrail p99: max 0.5 → 0.8}
 * @param loosens nothing proves that the rollout is watched and held as closely as before
 */
public record Change(String words, boolean loosens) {}
