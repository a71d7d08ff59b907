package rollout.core;

import java.time.Instant;

/**
 * GitLab has not been doing what it was asked.
 *
 * @param since the first failure in a row
 * @param attempts failures in a row
 * @param retryAt not before
 * @param reason the last failure's sentence
 */
public record Trouble(Instant since, int attempts, Instant retryAt, String reason) {}
