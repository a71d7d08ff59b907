/** The plan against the sandbox: a week of a rollout in seconds, by a clock that jumps. */
package rollout.rehearsal;
