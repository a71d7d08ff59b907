package rollout.sandbox;

import java.time.Duration;
import java.util.Optional;

/**
 * What happens to a request instead of the ordinary.
 *
 * @param applied whether a write takes effect
 * @param instead what is answered; empty for what a healthy server would answer
 * @param before real time that passes before the effect
 * @param after real time that passes between the effect and the answer
 */
public record Fault(boolean applied, Optional<Reply> instead, Duration before, Duration after) {
  /** Nothing out of the ordinary. */
  static final Fault NONE = new Fault(true, Optional.empty(), Duration.ZERO, Duration.ZERO);

  /** The connection is cut; a write had no effect. */
  public static Fault cutBeforeEffect() {
    return answering(false, Reply.CUT);
  }

  /** A write takes effect, its answer is lost. */
  public static Fault cutAfterEffect() {
    return answering(true, Reply.CUT);
  }

  /** Another answer; a write has no effect. */
  public static Fault refused(Reply reply) {
    return answering(false, reply);
  }

  /** Another answer, although a write took effect. */
  public static Fault appliedBut(Reply reply) {
    return answering(true, reply);
  }

  /** The answer of success; the write has no effect. */
  public static Fault pretended() {
    return new Fault(false, Optional.empty(), Duration.ZERO, Duration.ZERO);
  }

  /** The effect comes late, and the answer after it. */
  public static Fault late(Duration time) {
    return new Fault(true, Optional.empty(), time, Duration.ZERO);
  }

  /** The effect comes at once, the answer late. */
  public static Fault slow(Duration time) {
    return new Fault(true, Optional.empty(), Duration.ZERO, time);
  }

  private static Fault answering(boolean applied, Reply reply) {
    return new Fault(applied, Optional.of(reply), Duration.ZERO, Duration.ZERO);
  }
}
