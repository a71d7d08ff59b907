package rollout.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;

/** The past of a source of evidence, many looks in one request. Never judges. */
public interface Archive {
  /** Whether a query means the same in a request over many looks as in one of its own. */
  boolean holds(SignalQuery query);

  /** How many windows {@link #past} takes at once; at least 1. */
  int windowsAtOnce();

  /**
   * What {@link Signals#read} would have said of windows that end at even moments.
   *
   * @param query one that it {@link #holds}
   * @param length of each window, which a PromQL expression names itself
   * @param first where the first window ends, to the millisecond
   * @param step from the end of one window to that of the next, at least a millisecond
   * @param count how many windows, from 1 to {@link #windowsAtOnce}
   * @return one for each, oldest first
   * @throws PortException when the source did not answer, refused, or answered something that can
   *     never be used: a backtest over a past with holes of its own making would prove nothing
   */
  List<Reading> past(SignalQuery query, Duration length, Instant first, Duration step, int count)
      throws PortException;
}
