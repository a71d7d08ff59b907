package rollout.adapter.http;

import java.time.Duration;

/**
 * What one request may cost.
 *
 * @param connect how long a connection, with its TLS handshake, may take to come about
 * @param deadline the whole request, from the look-up of the name to the last byte of the answer
 * @param bodyBytes how long an answer may be, decompressed
 */
public record HttpLimits(Duration connect, Duration deadline, int bodyBytes) {
  /** 5 s to connect, 15 s in all (the deadline of a raise, safety.md), 8 MiB. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(15), 8 << 20);

  /**
   * @throws IllegalArgumentException unless all are above zero
   */
  public HttpLimits {
    if (connect.toMillis() <= 0 || deadline.toMillis() <= 0 || bodyBytes <= 0) {
      throw new IllegalArgumentException("the limits of a request must be above zero");
    }
  }
}
