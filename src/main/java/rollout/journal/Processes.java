package rollout.journal;

import rollout.port.Leases;

/** What can be found out about a process that holds a lease. */
public interface Processes {
  /** What became of it. Never guesses: what cannot be known is {@link Fate#UNKNOWN}. */
  Fate fateOf(Leases.Holder holder);

  /** What became of a process. */
  enum Fate {
    /** It runs on this host. */
    ALIVE_HERE,
    /** It ran on this host and does so no more. */
    GONE,
    /** It is, or was, on another host. */
    UNKNOWN
  }
}
