package rollout.simulation;

/**
 * One thing that goes wrong, or that somebody does, aimed at a moment.
 *
 * @param nth the how manieth such moment, from 1
 * @param after milliseconds from the moment
 * @param length how long it lasts, in milliseconds, where that has a meaning
 */
record Fault(Kind kind, Moment moment, int nth, long after, long length) {
  /** What goes wrong. */
  enum Kind {
    // the process that comes to the moment
    KILL,
    STOP,
    TERMINATE,
    // the next write to GitLab
    WRITE_LOST,
    ANSWER_LOST,
    WRITE_LATE,
    ERROR_WITH_EFFECT,
    ERROR_WITHOUT_EFFECT,
    TOO_MANY,
    FORBIDDEN,
    PRETENDED,
    // GitLab
    GITLAB_DOWN,
    READS_STALE,
    // other hands
    SWITCHED_OFF,
    RAISED,
    LOWERED,
    ACTOR_ADDED,
    OFF_AND_ON,
    // the sources
    SOURCE_DOWN,
    SOURCE_EMPTY,
    SOURCE_NAN,
    SOURCE_PARTIAL,
    SOURCE_THIN,
    HARM,
    /** Requests fail, whether they see the flag or not. */
    INCIDENT,
    /** Requests that see the flag fail, in the comparison only. */
    HURT,
    // the state
    JOURNAL_BUSY,
    WRITTEN_UNHEARD,
    LEASES_SILENT,
    // people and processes
    SECOND_RUNNER,
    ABORT,
    ABORT_WITHOUT_JOURNAL,
    HOLD,
    PROMOTE
  }

  @Override
  public String toString() {
    return kind + " " + after + " ms after " + moment + " " + nth + " for " + length + " ms";
  }
}
