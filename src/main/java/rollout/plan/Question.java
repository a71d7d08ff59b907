package rollout.plan;

/**
 * One query over one window, and what its answer will mean.
 *
 * @param role what the answer means to the guardrail
 * @param query with every placeholder filled in
 * @param window the stretch of time it covers; never empty
 */
public record Question(Role role, SignalQuery query, Window window) {}
