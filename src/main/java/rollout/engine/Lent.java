package rollout.engine;

import rollout.port.Leases;

/**
 * A lease that was granted, and when it can have begun at the earliest: before it was asked for. A
 * process that is stopped between the grant and its first look at a stopwatch would believe in a
 * lease that ended long ago.
 *
 * @param askedAt what the stopwatch said just before asking, in nanoseconds
 */
public record Lent(Leases.Lease lease, long askedAt) {}
