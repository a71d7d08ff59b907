package rollout.core;

import java.time.Instant;

/**
 * A question to GitLab and its answer. What the answer shows was so at some moment between the two,
 * and nobody knows at which: a process may be stopped before it hears.
 *
 * @param askedAt just before the request was sent
 * @param answeredAt when the answer was taken in
 */
public record Exchange(Instant askedAt, Instant answeredAt) {
  /** One that took no time. */
  public static Exchange at(Instant moment) {
    return new Exchange(moment, moment);
  }
}
