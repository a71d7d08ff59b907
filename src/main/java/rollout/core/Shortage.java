package rollout.core;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rollout.judge.CompareWords;
import rollout.plan.Check;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;

/**
 * What a comparison still lacks before its stage may pass, though no look said anything bad: harm
 * that nobody could have seen yet is no proof of its absence.
 *
 * @param requests how many there must be, where there are fewer
 * @param detectable the ratio of error rates that must have been seen, where it would not be yet
 */
public record Shortage(
    String guardrail, Seen seen, Optional<Long> requests, Optional<Double> detectable) {
  /** {@code waiting for 1,240 of 3,000 requests} or {@code detectable ×2.7, needs ×2}. */
  public String words() {
    return Stream.concat(
            requests.stream().map(least -> CompareWords.waiting(seen.requests(), least)),
            detectable.stream().map(times -> CompareWords.needs(seen.detectable(), times)))
        .collect(Collectors.joining(", "));
  }

  /** That of the first of a stage's comparisons that lacks anything; empty when none does. */
  public static Optional<Shortage> of(Plan plan, Stage stage, Watch watch) {
    return Comparisons.of(plan, stage).stream()
        .filter(one -> watch.guardrails().containsKey(one.name()))
        .map(one -> of(stage, one, watch.guardrails().get(one.name()).seenIn(stage)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Shortage> of(Stage stage, Guardrail guardrail, Seen seen) {
    Check.Compare check = (Check.Compare) guardrail.check();
    Optional<Long> requests = stage.minRequests().filter(least -> seen.requests() < least);
    Optional<Double> detectable =
        stage
            .requireDetectable()
            .filter(times -> check.canDetect(times, stage.exposure()))
            .filter(times -> !(seen.detectable() <= times));
    return requests.isPresent() || detectable.isPresent()
        ? Optional.of(new Shortage(guardrail.name(), seen, requests, detectable))
        : Optional.empty();
  }
}
