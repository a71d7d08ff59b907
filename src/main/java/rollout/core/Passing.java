package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import rollout.judge.Verdict;
import rollout.plan.Durations;
import rollout.plan.Stage;

/** Whether a stage has shown what it must show before it may pass (invariant I2). */
final class Passing {
  /** What a look may take on top of two intervals before its PASS is too old to go on. */
  private static final Duration LOOK_TAKES = Duration.ofSeconds(2);

  private final RolloutState state;
  private final Stage stage;
  private final Watch watch;
  private final Looks looks;

  Passing(RolloutState state, Stage stage) {
    this.state = state;
    this.stage = stage;
    this.watch = state.watch().orElseThrow();
    this.looks = Advancing.looks(state.plan(), watch);
  }

  /** The bake is over, every guardrail has passed often enough, and all is clear now. */
  boolean mayPass(Instant now) {
    if (stage.unguarded()) {
      return !now.isBefore(bakeEnd()) && !isBreached();
    }
    return watch.clock().compareTo(stage.bake()) >= 0
        && watch.guardrails().values().stream().allMatch(one -> one.passes() >= looks.required())
        && shortage().isEmpty()
        && isClear(now);
  }

  /** Every guardrail's last look was good and is fresh. */
  boolean isClear(Instant now) {
    return isGood() && (stage.unguarded() || isFresh(now));
  }

  /** Every guardrail's last look was good, however long ago. */
  boolean isGood() {
    return stage.unguarded()
        ? !isBreached()
        : watch.isGuarded() && watch.guardrails().entrySet().stream().allMatch(this::isGood);
  }

  /** The moment to look again when nothing else is due: the end of an unguarded bake. */
  Optional<Instant> nextAt(Instant now) {
    Instant end = bakeEnd();
    return stage.unguarded() && end.isAfter(now) ? Optional.of(end) : Optional.empty();
  }

  /**
   * The sources spoke too little for longer than the plan extends a stage. What was covered beyond
   * the bake, while it was held perhaps, extends nothing.
   */
  boolean isThinTooLong() {
    Duration most = stage.longest(state.plan().judgement().extendAtMost());
    boolean isThinNow = !isConclusive() || shortage().isPresent();
    Duration covered = watch.clock().compareTo(stage.bake()) < 0 ? watch.clock() : stage.bake();
    return isThinNow && covered.plus(watch.thin()).compareTo(most) > 0;
  }

  private boolean isConclusive() {
    return watch.guardrails().values().stream().allMatch(GuardrailWatch::isConclusive);
  }

  /** What a comparison lacks yet. */
  private Optional<Shortage> shortage() {
    return Shortage.of(state.plan(), stage, watch);
  }

  String thinReason() {
    String why =
        watch.guardrails().entrySet().stream()
            .filter(one -> !one.getValue().isConclusive())
            .findFirst()
            .map(one -> one.getKey() + " " + latest(one.getValue()))
            .or(() -> shortage().map(one -> one.guardrail() + " " + one.words()))
            .orElse("too few conclusive looks");
    return "the evidence of stage "
        + stage.name()
        + " stayed thin for "
        + Durations.words(watch.thin())
        + ": "
        + why;
  }

  private Instant bakeEnd() {
    return watch.verifiedAt().plus(stage.bake());
  }

  /** A limit was crossed in the last look, even if not for long enough yet. */
  boolean isBreached() {
    return watch.guardrails().entrySet().stream()
        .anyMatch(
            one -> one.getValue().isBreached() && !Watch.onlyWarns(state.plan(), one.getKey()));
  }

  private boolean isGood(Map.Entry<String, GuardrailWatch> one) {
    GuardrailWatch guardrail = one.getValue();
    return guardrail.latest().map(Finding::kind).filter(Verdict.Kind.PASS::equals).isPresent()
        || Watch.onlyWarns(state.plan(), one.getKey()) && guardrail.isConclusive();
  }

  /** A pass that is yet to come is none: the clock was set back, and nobody has looked since. */
  private boolean isFresh(Instant now) {
    Instant oldest = now.minus(stage.interval().multipliedBy(2)).minus(LOOK_TAKES);
    return watch.guardrails().values().stream()
        .allMatch(
            one ->
                one.lastPassAt()
                    .filter(at -> !at.isBefore(oldest) && !at.isAfter(now))
                    .isPresent());
  }

  private static String latest(GuardrailWatch guardrail) {
    return guardrail.latest().map(Finding::reason).orElse("no look yet");
  }
}
