package rollout.core;

import java.time.Instant;

/**
 * One reason why a rollout does not advance.
 *
 * @param since when it was recorded
 * @param reason one line for people
 */
public record Hold(HoldKind kind, Instant since, String reason, Actor actor) {}
