/**
 * The loop that performs what the core decides: read the journal, fold, decide, append, perform,
 * feed back. Sees the world through ports only.
 */
package rollout.engine;
