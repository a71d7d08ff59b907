package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.judge.Verdict;
import rollout.plan.Stage;

/**
 * What one guardrail has shown in the present stage.
 *
 * @param conclusive looks that proved something
 * @param passes looks that were good; for a guardrail that only warns, looks that were conclusive
 * @param streak breached looks in a row, looks that proved nothing left aside
 * @param breachedSince the moment of the first look of that row, moved on by whatever time of it no
 *     conclusive look covered
 * @param lastConclusiveAt the moment of the last conclusive look
 * @param lastPassAt the moment of the last good look
 * @param latest the last finding
 * @param warnedAt when people were last told of a breach that only warns
 * @param warned whether that was of the present row of breached looks
 * @param recent the last values, oldest first, for drawing
 * @param seen how much a comparison has seen, by environment
 */
public record GuardrailWatch(
    long conclusive,
    long passes,
    long streak,
    Optional<Instant> breachedSince,
    Optional<Instant> lastConclusiveAt,
    Optional<Instant> lastPassAt,
    Optional<Finding> latest,
    Optional<Instant> warnedAt,
    boolean warned,
    List<Double> recent,
    Map<String, Seen> seen) {
  private static final int KEPT = 32;

  static final GuardrailWatch FRESH =
      new GuardrailWatch(
          0,
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          List.of(),
          Map.of());

  public GuardrailWatch {
    recent = List.copyOf(recent);
    seen = Map.copyOf(seen);
  }

  /** Whether the last look proved something. */
  public boolean isConclusive() {
    return latest.map(Finding::isConclusive).orElse(false);
  }

  /** Whether the last look crossed the limit. */
  public boolean isBreached() {
    return latest.map(Finding::breached).orElse(false);
  }

  /** Breached looks in a row once this finding is added. */
  long streakWith(Finding finding) {
    if (finding.breached()) {
      return streak + 1;
    }
    return finding.kind() == Verdict.Kind.PASS ? 0 : streak;
  }

  /**
   * Since when the limit has been crossed, once this finding is added: missing evidence proves a
   * breach as little as it proves the peace.
   *
   * @param gap since the look before
   */
  Optional<Instant> breachedSinceWith(Finding finding, Instant dueAt, Duration gap) {
    if (streakWith(finding) == 0) {
      return Optional.empty();
    }
    boolean covered = isConclusive() && finding.isConclusive();
    return breachedSince
        .map(since -> covered ? since : since.plus(gap))
        .or(() -> Optional.of(dueAt));
  }

  GuardrailWatch add(Finding finding, Instant dueAt, Duration gap, boolean onlyWarns) {
    boolean passed = finding.kind() == Verdict.Kind.PASS;
    boolean counts = passed || onlyWarns && finding.isConclusive();
    return new GuardrailWatch(
        conclusive + (finding.isConclusive() ? 1 : 0),
        passes + (counts ? 1 : 0),
        streakWith(finding),
        breachedSinceWith(finding, dueAt, gap),
        finding.isConclusive() ? Optional.of(dueAt) : lastConclusiveAt,
        counts ? Optional.of(dueAt) : lastPassAt,
        Optional.of(finding),
        warnedAt,
        warned && streakWith(finding) > 0,
        withRecent(finding),
        seen);
  }

  /** A comparison goes on from here. */
  GuardrailWatch compared(Compared one) {
    Map<String, Seen> more = new HashMap<>(seen);
    more.put(one.environment(), new Seen(one.requests(), one.detectable()));
    return new GuardrailWatch(
        conclusive,
        passes,
        streak,
        breachedSince,
        lastConclusiveAt,
        lastPassAt,
        latest,
        warnedAt,
        warned,
        recent,
        more);
  }

  /** What a comparison has seen of a stage, in the environment where that is least. */
  public Seen seenIn(Stage stage) {
    return stage.environments().stream()
        .map(environment -> seen.getOrDefault(environment, Seen.NOTHING))
        .reduce(Seen::worst)
        .orElse(Seen.NOTHING);
  }

  /** What was seen is accepted: only looks from now on can make a breach. */
  GuardrailWatch accepted() {
    return new GuardrailWatch(
        conclusive,
        passes,
        0,
        Optional.empty(),
        lastConclusiveAt,
        lastPassAt,
        latest,
        warnedAt,
        false,
        recent,
        Map.of());
  }

  /** People were told of the present row of breached looks. */
  GuardrailWatch warned(Instant at) {
    return new GuardrailWatch(
        conclusive,
        passes,
        streak,
        breachedSince,
        lastConclusiveAt,
        lastPassAt,
        latest,
        Optional.of(at),
        true,
        recent,
        seen);
  }

  /**
   * Whether people should hear of a breach that only warns: once for each row of breached looks,
   * whatever silence lies in it, and not again soon where it comes and goes.
   *
   * @param pause the least time between two warnings
   */
  boolean wantsWarning(Instant now, Duration pause) {
    return !warned && warnedAt.map(last -> !now.isBefore(last.plus(pause))).orElse(true);
  }

  private List<Double> withRecent(Finding finding) {
    if (finding.value().isEmpty()) {
      return recent;
    }
    List<Double> values = new ArrayList<>(recent);
    values.add(finding.value().get());
    return values.size() > KEPT ? values.subList(1, values.size()) : values;
  }
}
