/**
 * What two plans differ in, in words, and whether the second holds a rollout as closely as the
 * first. {@link rollout.plan.diff.PlanDiff} lists the parts of a plan; each part has a class, and
 * most of them are a table of {@link rollout.plan.diff.Key}s.
 */
package rollout.plan.diff;
