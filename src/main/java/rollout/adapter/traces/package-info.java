/** Recorded rollouts in a file of JSON lines. */
package rollout.adapter.traces;
