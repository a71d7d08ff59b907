package rollout.plan;

import java.time.Duration;

/**
 * How evidence is weighed.
 *
 * @param falseRollback the budget of false alarms of all {@code compare} guardrails of a rollout
 * @param noData what follows when evidence stays away over {@code maxGap}
 * @param maxGap counted from a guardrail's last conclusive look
 * @param lag how far behind now a source's data are complete
 * @param extendAtMost a stage whose evidence is thin is held after so many times its bake; at least
 *     1
 */
public record Judgement(
    double falseRollback, NoData noData, Duration maxGap, Duration lag, double extendAtMost) {
  /** What follows when evidence stays away. */
  public enum NoData {
    /** The rollout waits and goes on by itself when evidence returns. */
    HOLD,
    /** Exposure goes back; only when the plan asks for it. */
    ROLLBACK
  }

  /** What holds when the plan says nothing. */
  public static final Judgement DEFAULT =
      new Judgement(0.01, NoData.HOLD, Duration.ofMinutes(15), Duration.ofSeconds(60), 4.0);
}
