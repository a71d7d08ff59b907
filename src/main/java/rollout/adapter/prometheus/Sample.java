package rollout.adapter.prometheus;

import java.time.Instant;

/**
 * One point of a series.
 *
 * @param at to the millisecond
 * @param value may be NaN or infinite
 */
public record Sample(Instant at, double value) {}
