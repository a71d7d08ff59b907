/**
 * The machine: events, the state they fold to, and the one function that decides what happens next.
 * No IO, no clock, no randomness, no logger.
 *
 * <p>The way of the data: {@code history → RolloutState.fold → Decider.decide(state, input) →
 * events (made durable) → effects (performed by the engine) → the next input}.
 */
package rollout.core;
