package rollout.port;

import java.util.List;
import java.util.Optional;

/**
 * Recomputes what the journal holds, from the rows as they are stored. Changes nothing. Rollouts
 * and flags are texts here: whoever tampers need not keep to the form of names.
 */
public interface Audit {
  /**
   * Every rollout that is in the list or has events, the one started last first.
   *
   * @throws PortException when the store did not answer
   */
  List<String> rollouts() throws PortException;

  /**
   * Looks at one rollout.
   *
   * @param rollout need not be there
   * @param witnesses heads that somebody noted elsewhere: the history must still hold them
   * @throws PortException when the store did not answer
   */
  Finding verify(String rollout, List<Head> witnesses) throws PortException;

  /**
   * What came of one rollout.
   *
   * @param flag as the list of rollouts has it; empty when it is not in the list
   * @param events how many are stored
   * @param head of the last one as it is stored
   * @param breaks every place where the chain does not hold, in order; empty = intact
   */
  record Finding(
      String rollout, Optional<String> flag, long events, Head head, List<Break> breaks) {
    public Finding {
      breaks = List.copyOf(breaks);
    }

    /** Whether all of it is as it was written. */
    public boolean isIntact() {
      return breaks.isEmpty();
    }
  }

  /**
   * One place where the chain does not hold.
   *
   * @param seq the event's sequence number; 0 for the rollout's line in the list
   * @param what differs, as a clause
   */
  record Break(long seq, String what) {}
}
