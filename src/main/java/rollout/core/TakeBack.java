package rollout.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Exposure is going back.
 *
 * @param byPerson a person ended it, here or elsewhere; otherwise a guardrail did
 * @param since when it was decided
 * @param reason one line for people
 * @param seals by environment
 * @param restores the return of the gates from before, by environment, once it was intended or
 *     given up
 */
public record TakeBack(
    boolean byPerson,
    Instant since,
    String reason,
    Map<String, Seal> seals,
    Map<String, Restore> restores) {
  public TakeBack {
    restores = Collections.unmodifiableMap(new LinkedHashMap<>(restores));
    seals = Collections.unmodifiableMap(new LinkedHashMap<>(seals));
  }

  /** Whether GitLab has said off in every environment in scope. */
  public boolean isOff() {
    return seals.values().stream().allMatch(Seal::isOff);
  }

  /** Whether every environment in scope is sealed. */
  public boolean isSealed() {
    return seals.values().stream().allMatch(Seal::isSealed);
  }

  /** When the last environment is sealed if all goes well; empty before OFF. */
  public Optional<Instant> expectedAt() {
    return isOff()
        ? seals.values().stream()
            .flatMap(seal -> seal.expectedAt().stream())
            .max(Instant::compareTo)
        : Optional.empty();
  }

  TakeBack with(String environment, UnaryOperator<Seal> change) {
    Map<String, Seal> next = new LinkedHashMap<>(seals);
    next.computeIfPresent(environment, (name, seal) -> change.apply(seal));
    return new TakeBack(byPerson, since, reason, next, restores);
  }

  TakeBack with(String environment, Restore restore) {
    Map<String, Restore> next = new LinkedHashMap<>(restores);
    next.put(environment, restore);
    return new TakeBack(byPerson, since, reason, seals, next);
  }
}
