package rollout.config;

import rollout.plan.Origin;

/**
 * One thing that is wrong in a rollout.yaml.
 *
 * @param origin where it stands
 * @param message what is wrong and what to write instead, one line
 */
public record Problem(Severity severity, Origin origin, String message) {
  /** {@code rollout.yaml:12:5: error: …}. */
  @Override
  public String toString() {
    return origin + ": " + severity.word() + ": " + message;
  }
}
