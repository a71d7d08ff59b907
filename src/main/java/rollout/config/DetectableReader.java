package rollout.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import rollout.plan.Check;
import rollout.plan.Durations;
import rollout.plan.Exposure;
import rollout.plan.Guardrail;

/** Reads how much harm a stage must have been able to see before it may pass. */
final class DetectableReader {
  private static final String REQUIRED = "require_detectable";
  private static final String UNTIL = "until_detectable";

  /** What holds where a comparison can know: a doubling. */
  private static final double A_DOUBLING = 2;

  private final Problems problems;

  DetectableReader(Problems problems) {
    this.problems = problems;
  }

  /** Says what asks for too little, or twice. */
  void check(Spec stage) {
    Spec bake = stage.section("bake");
    aboveOne(stage, REQUIRED);
    aboveOne(bake, UNTIL);
    if (stage.times(REQUIRED).isPresent() && bake.has(UNTIL)) {
      problems.error(
          stage.keyOriginOf(REQUIRED),
          "bake of stage " + stage.name() + " says " + UNTIL + " already; keep one of them");
    }
    Optional<Duration> least = bake.duration("at_least");
    Optional<Duration> most = bake.duration("at_most");
    if (least.isPresent() && most.isPresent() && most.get().compareTo(least.get()) < 0) {
      problems.error(
          bake.originOf("at_most"),
          "at_most "
              + Durations.format(most.get())
              + " is shorter than at_least "
              + Durations.format(least.get()));
    }
  }

  private void aboveOne(Spec section, String key) {
    if (section.times(key).filter(one -> one <= 1).isPresent()) {
      problems.error(
          section.originOf(key), key + " must be above 1x, such as 2x: once as many are no harm");
    }
  }

  /** What a stage of a file without errors requires, or what holds where it says nothing. */
  static Optional<Double> required(Spec stage, Exposure exposure, List<Guardrail> watching) {
    Optional<Double> written = stage.times(REQUIRED).or(() -> stage.section("bake").times(UNTIL));
    boolean can = watching.stream().anyMatch(one -> isTold(one, exposure));
    return written.isPresent() || stage.has(REQUIRED) || !can ? written : Optional.of(A_DOUBLING);
  }

  /** Beside the week before alone a doubling may never be told from an ordinary day. */
  private static boolean isTold(Guardrail guardrail, Exposure exposure) {
    return guardrail.check() instanceof Check.Compare compare
        && (compare.isControlledAt(exposure) || compare.arms().hasReference())
        && compare.canDetect(A_DOUBLING, exposure);
  }
}
