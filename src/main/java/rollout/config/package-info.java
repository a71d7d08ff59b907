/**
 * From the text of a rollout.yaml to a {@link rollout.plan.Plan}, with every mistake named at its
 * line and column.
 *
 * <p>The way through: {@code YamlTree} makes located nodes of the text, {@code FormCheck} holds
 * them against the {@code Grammar}, the section checks hold sections against each other, {@code
 * PlanBuilder} makes the plan, and the lints say what a person would regret. Floor 2: imports the
 * plan and jackson.
 */
package rollout.config;
