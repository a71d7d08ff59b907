package rollout.core;

import java.time.Instant;
import rollout.plan.GateState;

/**
 * The return of the gates from before in one environment, after the seal of a guardrail's rollback.
 *
 * @param gates actors and groups only
 * @param since when it was first intended
 * @param intendedAt when it was last intended; the request went out later, or never
 * @param step how far it is
 */
public record Restore(GateState gates, Instant since, Instant intendedAt, Step step) {
  /** How far it is. */
  public enum Step {
    /** It was intended, and what came of it is not known yet. */
    PENDING,
    /** It is known not to have happened. */
    NOT_DONE,
    /** The gates are back, or it was given up. */
    OVER
  }

  static Restore intended(GateState gates, Instant at) {
    return new Restore(gates, at, at, Step.PENDING);
  }

  Restore again(Instant at) {
    return new Restore(gates, since, at, Step.PENDING);
  }

  Restore at(Step next) {
    return new Restore(gates, since, intendedAt, next);
  }
}
