package rollout.core;

/**
 * Something that comes out otherwise when it is decided again.
 *
 * @param of whose it is: a guardrail's name, or an event's
 * @param field which part of it: {@code value}, {@code limit}, {@code verdict}, {@code reason} …
 * @param stored what the journal says
 * @param again what comes out; empty when nothing does
 */
public record Difference(String of, String field, String stored, String again) {}
