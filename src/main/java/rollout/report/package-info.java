/**
 * State and events as people and programs read them: text for a terminal, JSON of the contract.
 *
 * <p>Pure: a state, a moment and a time zone come in, text comes out. Every text that may hold
 * words from outside goes through {@link rollout.report.Escape}.
 */
package rollout.report;
