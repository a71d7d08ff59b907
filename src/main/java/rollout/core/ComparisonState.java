package rollout.core;

import java.time.Instant;
import java.util.Optional;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.TestState;

/**
 * What a compare guardrail knows of one environment, in the whole rollout.
 *
 * @param past what the service was like before; empty until it was read
 * @param unread why the past could not be read, while it could not
 * @param budget which part of its share of the false alarms it still had when the test began; below
 *     1 only where a person replaced the plan and the test began anew
 * @param test empty before the first look that counted
 */
public record ComparisonState(
    Optional<Past> past, Optional<Unread> unread, double budget, Optional<TestState> test) {
  static final ComparisonState UNKNOWN =
      new ComparisonState(Optional.empty(), Optional.empty(), 1, Optional.empty());

  /**
   * The source could not tell what was before.
   *
   * @param attempts in a row
   * @param retryAt asked again then
   */
  public record Unread(String reason, int attempts, Instant retryAt) {}

  ComparisonState knowing(Past known) {
    return new ComparisonState(Optional.of(known), Optional.empty(), budget, test);
  }

  ComparisonState notKnowing(String reason, Instant retryAt) {
    int attempts = unread.map(Unread::attempts).orElse(0) + 1;
    Unread again = new Unread(reason, attempts, retryAt);
    return new ComparisonState(past, Optional.of(again), budget, test);
  }

  ComparisonState tested(TestState next) {
    return new ComparisonState(past, unread, budget, Optional.of(next));
  }

  /** Begins anew with what is left of its budget, under a plan that counts otherwise. */
  ComparisonState anew(double left) {
    return new ComparisonState(Optional.empty(), Optional.empty(), budget * left, Optional.empty());
  }
}
