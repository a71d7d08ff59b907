package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import rollout.plan.ExposureCheck;
import rollout.plan.OnBreach;
import rollout.plan.Plan;
import rollout.plan.Stage;

/**
 * What the looks of a verified stage have shown so far.
 *
 * @param stage the stage that is watched; the next one may be entering already
 * @param raisedAt when its exposure was confirmed, before every process had seen it; or when a
 *     person accepted what was seen before
 * @param verifiedAt when its exposure was in force everywhere
 * @param acceptedAt a person accepted what was seen before; windows begin here at the earliest
 * @param looks how many were taken; the last one's number
 * @param clock how much of the bake has been covered by conclusive looks
 * @param clockMark the moment of the last look, if it was conclusive
 * @param thin how long sources spoke without giving enough to judge by, or comparisons could not
 *     have seen enough after the bake
 * @param lastDueAt the moment of the last look
 * @param guardrails by name, in the plan's order
 */
public record Watch(
    String stage,
    Instant raisedAt,
    Instant verifiedAt,
    Instant acceptedAt,
    long looks,
    Duration clock,
    Optional<Instant> clockMark,
    Duration thin,
    Instant lastDueAt,
    Map<String, GuardrailWatch> guardrails) {
  public Watch {
    guardrails = Collections.unmodifiableMap(new LinkedHashMap<>(guardrails));
  }

  static Watch begin(Plan plan, Stage stage, Instant raisedAt, Instant verifiedAt) {
    Map<String, GuardrailWatch> fresh = new LinkedHashMap<>();
    stage.guardrails().forEach(name -> fresh.put(name, GuardrailWatch.FRESH));
    if (plan.exposureCheck().isPresent() && !stage.unguarded()) {
      fresh.put(ExposureCheck.NAME, GuardrailWatch.FRESH);
    }
    Instant origin = verifiedAt.plus(plan.judgement().lag());
    return new Watch(
        stage.name(),
        raisedAt,
        verifiedAt,
        verifiedAt,
        0,
        Duration.ZERO,
        Optional.of(origin),
        Duration.ZERO,
        origin,
        fresh);
  }

  /**
   * The same stage, watched anew: windows begin here at the earliest, but issues still count since
   * the raise, because nobody accepted what was seen.
   */
  Watch anew(Plan plan, Instant at) {
    return begin(plan, Advancing.stageOf(plan, this), raisedAt, at);
  }

  /** Whether anything is watched at all. */
  public boolean isGuarded() {
    return !guardrails.isEmpty();
  }

  /** The moment of the last conclusive look of this guardrail, or the stage's verification. */
  Instant lastConclusive(String guardrail) {
    return guardrails.get(guardrail).lastConclusiveAt().orElse(verifiedAt);
  }

  Watch add(Plan plan, Event.Judged look) {
    Map<String, GuardrailWatch> next = new LinkedHashMap<>(guardrails);
    Duration since = Duration.between(lastDueAt, look.dueAt());
    for (Finding finding : look.findings()) {
      next.computeIfPresent(
          finding.guardrail(),
          (name, watch) -> watch.add(finding, look.dueAt(), since, onlyWarns(plan, name)));
    }
    for (Compared one : look.compared()) {
      next.computeIfPresent(one.guardrail(), (name, watch) -> watch.compared(one));
    }
    boolean conclusive = isConclusive(look);
    return new Watch(
        stage,
        raisedAt,
        verifiedAt,
        acceptedAt,
        look.look(),
        conclusive && clockMark.isPresent() ? clock.plus(since) : clock,
        conclusive ? Optional.of(look.dueAt()) : Optional.empty(),
        isSpent(plan, look, conclusive) ? thin.plus(since) : thin,
        look.dueAt(),
        next);
  }

  Watch warned(String guardrail, Instant at) {
    Map<String, GuardrailWatch> next = new LinkedHashMap<>(guardrails);
    next.computeIfPresent(guardrail, (name, watch) -> watch.warned(at));
    return new Watch(
        stage, raisedAt, verifiedAt, acceptedAt, looks, clock, clockMark, thin, lastDueAt, next);
  }

  Watch accepted(Instant at) {
    Map<String, GuardrailWatch> next = new LinkedHashMap<>(guardrails);
    next.replaceAll((name, watch) -> watch.accepted());
    return new Watch(
        stage, at, verifiedAt, at, looks, clock, clockMark, Duration.ZERO, lastDueAt, next);
  }

  /** What a look takes of the time that a stage may be extended by. */
  private boolean isSpent(Plan plan, Event.Judged look, boolean conclusive) {
    Stage baking = Advancing.stageOf(plan, this);
    return conclusive
        ? clock.compareTo(baking.bake()) >= 0 && Shortage.of(plan, baking, this).isPresent()
        : isThin(look);
  }

  static boolean onlyWarns(Plan plan, String guardrail) {
    return !guardrail.equals(ExposureCheck.NAME)
        && plan.guardrail(guardrail).onBreach() == OnBreach.WARN;
  }

  /** A guardrail that was not answered for at all proves nothing either. */
  private boolean isConclusive(Event.Judged look) {
    return look.findings().stream()
        .filter(Finding::isConclusive)
        .map(Finding::guardrail)
        .toList()
        .containsAll(guardrails.keySet());
  }

  /**
   * The sources spoke, and what they said was too little: they gave a number. Silence, an outage or
   * a partial answer is their own failing and spends nothing of what a stage may be extended by.
   */
  private static boolean isThin(Event.Judged look) {
    return look.findings().stream()
        .filter(finding -> !finding.isConclusive())
        .allMatch(finding -> finding.value().isPresent());
  }
}
