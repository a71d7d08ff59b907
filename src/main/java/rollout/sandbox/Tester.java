package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import rollout.core.Actor;
import rollout.plan.Stage;

/**
 * Who gives the approvals in the sandbox: says yes to everything, after a while.
 *
 * @param actor as the journal names it, never to be taken for a person
 * @param delay from the moment a stage asks to the answer
 */
public record Tester(Actor actor, Duration delay) {
  /** Takes ten minutes to try the flag. */
  public static final Tester SCRIPTED =
      new Tester(new Actor("sandbox tester", "sandbox"), Duration.ofMinutes(10));

  /** When the yes arrives. */
  public Instant answerAt(Instant askedAt) {
    return askedAt.plus(delay);
  }

  /** What the tester says yes with: what the stage asks for, {@code Tested on dev.gitlab.org}. */
  public String words(Stage stage) {
    return stage.approval().orElse("approved");
  }
}
