package rollout.port;

import java.util.List;

/** What {@code doctor} asks of a server. */
public interface Health {
  /**
   * Asks the server who we are to it and one harmless question.
   *
   * @return one finding per thing that was looked at; never throws for what a server does
   */
  List<Finding> examine();

  /**
   * One line of the doctor's table.
   *
   * @param subject such as {@code reached}, {@code token}, {@code scopes}, {@code expiry}, {@code
   *     query}, {@code clock}
   * @param detail what was found, and what to do when it is not well
   */
  record Finding(Wellness wellness, String subject, String detail) {}

  /** How well a thing is. */
  enum Wellness {
    WELL,
    DOUBTFUL,
    ILL
  }
}
