package rollout.core;

import java.time.Duration;
import java.util.Optional;
import rollout.plan.Stage;

/**
 * What a plan did about one scripted harm.
 *
 * @param harm such as {@code step} or {@code ramp:5x}
 * @param stage where it began
 * @param harmful whether it should have been stopped; what passes by itself, and what hits
 *     everybody, should not
 * @param ending what happened
 * @param guardrail the one that stopped it
 * @param after from the raise that brought it to the decision; empty when nothing was decided
 * @param off from that decision until the flag was off; empty when it was not switched off
 * @param requests calls that the flag harmed, until the flag was off or the stage had passed
 * @param reason one line of the decision; for what nobody saw, what would have to see it
 */
public record Rehearsed(
    String harm,
    Stage stage,
    boolean harmful,
    Ending ending,
    Optional<String> guardrail,
    Optional<Duration> after,
    Optional<Duration> off,
    long requests,
    String reason) {
  /** How it ended. */
  public enum Ending {
    /** The flag went off. */
    ROLLED_BACK,
    /** It stopped advancing, and a person was asked. */
    HELD,
    /** The stage passed. */
    PASSED
  }

  /** Whether what is harmful was stopped, and what is not was let through. */
  public boolean isWell() {
    return harmful == (ending != Ending.PASSED);
  }
}
