/**
 * The words of a rollout: what a validated {@code rollout.yaml} says, as records.
 *
 * <p>Floor 0: imports nothing but {@code java.*}. Every record checks its own invariants in its
 * constructor, so a {@link rollout.plan.Plan} that exists is one that can be run.
 */
package rollout.plan;
