package rollout.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What one guardrail could see in one stage, if the service goes on as in the last week.
 *
 * @param requests expected in the bake, with the flag or without
 * @param errorRate the share of them that failed in the last week, 0 to 1
 * @param ratio the smallest number of times as many errors of those who see the flag that is found
 *     by the end of the bake; empty when none is
 * @param twice how long twice as many take to be found; empty when they are not within the bake
 * @param fivefold the same for five times as many
 */
public record Foreseen(
    String stage,
    String guardrail,
    String environment,
    double requests,
    double errorRate,
    Optional<Double> ratio,
    Optional<Duration> twice,
    Optional<Duration> fivefold) {}
