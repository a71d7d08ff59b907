package rollout.crash;

import java.util.Arrays;

/**
 * A point of a run at which it can be killed, by what happens there and not by the clock: the
 * journal's {@code ExposureIntended} for the second time, before, in or after its transaction.
 *
 * @param what the type of an event, a table's name, or environment and form of a request
 * @param time the first time is 1
 */
record Point(Moment moment, String what, int time) {
  /** Where in a write. */
  enum Moment {
    /** The row is about to be written; to GitLab: the request has left and not arrived. */
    BEFORE,
    /** All of it was written to the state, and is not committed. */
    UNCOMMITTED,
    /** The commit has returned, and nothing else was done. */
    DURABLE,
    /** GitLab has done it, and its answer is lost. */
    UNANSWERED,
    /** GitLab's answer has just been sent. */
    ANSWERED,
    /** The journal has just said how far it is: no write. */
    READ,
    /** GitLab has answered a question, and nobody has the answer: no write. */
    ASKED,
    /** A connection to GitLab was opened, and nothing was said over it yet. */
    CONNECTED
  }

  boolean isWrite() {
    return moment.compareTo(Moment.READ) < 0;
  }

  /** Reads what {@link #toString} says. */
  static Point parse(String text) {
    String[] parts = text.strip().split("[ #]");
    String what = String.join(" ", Arrays.copyOfRange(parts, 1, parts.length - 1));
    return new Point(Moment.valueOf(parts[0]), what, Integer.parseInt(parts[parts.length - 1]));
  }

  @Override
  public String toString() {
    return moment + " " + what + "#" + time;
  }
}
