/**
 * Rollouts made up from a seed: services as they are in a week, healthy and hurt, to find out how
 * often the default comparison is wrong and how long it takes to be right.
 */
package rollout.traces;
