package rollout.port;

import java.time.Duration;
import java.util.Optional;

/** A server could not be asked, or refused. The message is a sentence for people. */
public final class PortException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is known of the request's effect. */
  public enum Kind {
    /**
     * Nothing reached the server, or it said that it did nothing for now: it may be asked again.
     */
    NOT_DONE,
    /** The server will not do it, however often it is asked: 400, 401, 403, 404, a redirect. */
    REFUSED,
    /** It may or may not have had its effect: a time-out, a cut connection, a 5xx, a bad answer. */
    UNKNOWN
  }

  private final Kind kind;
  private final int status;
  private final transient Optional<Duration> retryAfter;

  /**
   * @param message what was tried, what came back, what to do next
   * @param status the HTTP status, 0 when there was none
   */
  public PortException(Kind kind, int status, String message, Throwable cause) {
    this(kind, status, message, Optional.empty(), cause);
  }

  /**
   * @param retryAfter how long the server asked us to wait
   */
  public PortException(
      Kind kind, int status, String message, Optional<Duration> retryAfter, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** What is known of the request's effect. */
  public Kind kind() {
    return kind;
  }

  /** The HTTP status, 0 when there was none. */
  public int status() {
    return status;
  }

  /** How long the server asked us to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter == null ? Optional.empty() : retryAfter;
  }
}
