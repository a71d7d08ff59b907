package rollout.adapter.http;

/** A request that brought no answer we can use. Its message is a sentence without secrets. */
public final class HttpFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Reason {
    /** Name look-up, connection or TLS failed: no byte of the request was sent. */
    NOT_SENT,
    /** It broke or took too long after the request began to be sent. */
    BROKEN,
    /** The server wanted to send us, and our token, elsewhere. */
    REDIRECTED,
    /** The answer exceeded {@link HttpLimits#bodyBytes}. */
    TOO_LARGE,
    /** The answer is not the JSON it should be. */
    UNREADABLE
  }

  private final Reason reason;
  private final int status;

  HttpFailure(Reason reason, int status, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = status;
  }

  /** What went wrong. */
  public Reason reason() {
    return reason;
  }

  /** The status of the answer; 0 when none came. */
  public int status() {
    return status;
  }

  /** Whether the server may have received the request, and acted upon it. */
  public boolean mayHaveReached() {
    return reason != Reason.NOT_SENT;
  }
}
