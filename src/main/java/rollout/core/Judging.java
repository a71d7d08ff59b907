package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.judge.AlertsJudge;
import rollout.judge.ExposureJudge;
import rollout.judge.Measurement;
import rollout.judge.ThresholdJudge;
import rollout.judge.Verdict;
import rollout.plan.Check;
import rollout.plan.Durations;
import rollout.plan.Guardrail;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;
import rollout.plan.Stage;
import rollout.plan.WithoutControl;

/**
 * What the answers to looks lead to: a verdict for each guardrail, and what its breach asks for.
 */
final class Judging {
  private RolloutState state;
  private Comparing comparing;
  private final Instant now;
  private final List<Event> events = new ArrayList<>();

  private Judging(RolloutState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  static Decision onMeasured(RolloutState state, Input.Measured input) {
    boolean current = state.watch().map(Watch::stage).filter(input.stage()::equals).isPresent();
    return current ? new Judging(state, input.at()).judgeAll(input) : Decision.NOTHING;
  }

  /**
   * The stage's own step follows at once: where a round of looks takes longer than an interval, the
   * next tick finds new looks due, and would never get to it.
   */
  private Decision judgeAll(Input.Measured input) {
    for (Input.Answered look : input.looks()) {
      if (isNext(look) && state.takeBack().isEmpty()) {
        judge(input.stage(), look);
      }
    }
    Decision step = state.takeBack().isEmpty() ? step(input) : Decision.NOTHING;
    events.addAll(step.events());
    return new Decision(events, step.effects(), "");
  }

  /**
   * While a source is too slow for looks to catch up, nobody would ever hear that evidence stays
   * away: that is told by what the looks show so far.
   */
  private Decision step(Input.Measured input) {
    if (input.more()) {
      return Advancing.evidenceGap(state, state.watch().orElseThrow().lastDueAt(), now)
          .orElse(Decision.NOTHING);
    }
    return Advancing.isCaughtUp(input.looks().size())
        ? Advancing.step(state, new Input.Tick(now))
        : Decision.NOTHING;
  }

  /** What was asked before the watch began anew has the number of a look to come, not its time. */
  private boolean isNext(Input.Answered look) {
    Watch watch = state.watch().orElseThrow();
    return look.number() == watch.looks() + 1
        && look.dueAt().equals(Advancing.looks(state.plan(), watch).dueAt(look.number()));
  }

  private void judge(String stage, Input.Answered look) {
    record(new Event.Measured(now, stage, look.number(), look.dueAt(), look.measurements()));
    comparing = new Comparing(state, watched());
    List<Finding> findings = findings(look);
    record(
        new Event.Judged(now, stage, look.number(), look.dueAt(), findings, comparing.compared()));
    for (Finding finding : findings) {
      if (finding.kind() == Verdict.Kind.FAIL && state.takeBack().isEmpty()) {
        onFail(stage, finding, look);
      }
    }
    liftEvidenceHold();
  }

  /** Each guardrail's worst of all cells: harm in one is not diluted by the peace in the others. */
  private List<Finding> findings(Input.Answered look) {
    Map<String, Verdict> worst = new LinkedHashMap<>();
    for (Measurement measurement : look.measurements()) {
      if (!isBesidePoint(measurement, look)) {
        Verdict verdict = verdict(measurement, look.dueAt());
        worst.merge(measurement.guardrail(), verdict, Verdict::worst);
      }
    }
    return worst.entrySet().stream()
        .map(one -> finding(one.getKey(), one.getValue(), look.dueAt()))
        .toList();
  }

  /**
   * While cells are raised one by one, the exposure is checked in those that wait for it; and where
   * nobody will be left to compare with, the others have to do.
   */
  private boolean isBesidePoint(Measurement measurement, Input.Answered look) {
    return dependsOnExposure(measurement.guardrail())
        && isRising(cellOf(measurement))
        && look.measurements().stream().anyMatch(other -> !isRising(cellOf(other)));
  }

  private boolean dependsOnExposure(String guardrail) {
    return Advancing.isExposureCheck(guardrail)
        || Comparing.isComparison(state, guardrail)
            && state.stage().filter(stage -> stage.exposure().isFull()).isPresent();
  }

  private Stage watched() {
    return Advancing.stageOf(state.plan(), state.watch().orElseThrow());
  }

  private String cellOf(Measurement measurement) {
    return measurement.environment().orElse(watched().environments().get(0));
  }

  private Finding finding(String name, Verdict verdict, Instant dueAt) {
    Finding finding = Finding.of(name, verdict);
    return Advancing.isExposureCheck(name)
        ? finding
        : lasting(finding, state.plan().guardrail(name).lasting(), dueAt);
  }

  private Verdict verdict(Measurement measurement, Instant dueAt) {
    String name = measurement.guardrail();
    String cell = cellOf(measurement);
    Verdict verdict =
        Advancing.isExposureCheck(name)
            ? exposure(cell, measurement)
            : Comparing.isComparison(state, name)
                ? comparing.judge(cell, measurement)
                : verdict(state.plan().guardrail(name).check(), measurement, dueAt);
    return watched().environments().size() == 1
        ? verdict
        : verdict.as(verdict.kind(), "in " + cell + " " + verdict.reason());
  }

  /** A look that is made up is judged by the present where the source knows nothing else. */
  private Verdict verdict(Check check, Measurement measurement, Instant dueAt) {
    Duration age = Duration.between(dueAt, now);
    boolean tooLate =
        check instanceof Check.Alerts && age.compareTo(state.plan().judgement().maxGap()) > 0;
    return tooLate
        ? AlertsJudge.tooLate(measurement, age)
        : ThresholdJudge.judge(check, watched().minRequests(), measurement);
  }

  /** Held against what is in force: while that changes, the share of checks means nothing. */
  private Verdict exposure(String environment, Measurement measurement) {
    EnvironmentState here = state.environment(environment);
    return isRising(environment)
        ? Verdict.of(Verdict.Kind.INCONCLUSIVE, "the exposure is being raised", measurement)
        : ExposureJudge.judge(
            state.plan().exposureCheck().orElseThrow(), state.flag(), here.exposure(), measurement);
  }

  private boolean isRising(String environment) {
    boolean entering =
        state.progress().activity() == Progress.Activity.ENTERING
            && state.stage().orElseThrow().isIn(environment);
    return entering
        && (state.environment(environment).intent().isPresent()
            || state.progress().confirmed().containsKey(environment));
  }

  /** A breach counts once it has lasted; until then it neither passes nor fails. */
  private Finding lasting(Finding finding, Lasting lasting, Instant dueAt) {
    if (!finding.breached()) {
      return finding;
    }
    Watch all = state.watch().orElseThrow();
    GuardrailWatch watch = all.guardrails().get(finding.guardrail());
    Duration gap = Duration.between(all.lastDueAt(), dueAt);
    Instant since = watch.breachedSinceWith(finding, dueAt, gap).orElse(dueAt);
    Duration lasted = Duration.between(since, dueAt);
    long row = watch.streakWith(finding);
    boolean enough =
        lasting.span().map(span -> lasted.compareTo(span) >= 0).orElse(row >= lasting.looks());
    return enough ? finding : pending(finding, lasting, row, lasted);
  }

  private static Finding pending(Finding finding, Lasting lasting, long row, Duration lasted) {
    String progress =
        lasting
            .span()
            .map(span -> Durations.words(lasted) + " of " + Durations.words(span))
            .orElse(row + " of " + lasting.looks());
    return new Finding(
        finding.guardrail(),
        Verdict.Kind.INCONCLUSIVE,
        "breach " + progress + ": " + finding.reason(),
        finding.value(),
        finding.limit(),
        true);
  }

  private void onFail(String stage, Finding finding, Input.Answered look) {
    String reason = describe(finding, look);
    switch (onBreach(finding.guardrail(), look)) {
      case ROLLBACK ->
          record(
              Rollbacks.decide(
                  state,
                  now,
                  Optional.of(finding.guardrail()),
                  reason,
                  finding.value(),
                  finding.limit()));
      case HOLD -> {
        if (!state.holds().containsKey(HoldKind.BREACH)) {
          record(Advancing.hold(now, HoldKind.BREACH, reason));
        }
      }
      case WARN -> {
        GuardrailWatch watch = state.watch().orElseThrow().guardrails().get(finding.guardrail());
        if (watch.wantsWarning(now, state.plan().judgement().maxGap())) {
          record(new Event.Warned(now, stage, finding.guardrail(), reason));
        }
      }
      default -> throw new AssertionError(finding);
    }
  }

  private OnBreach onBreach(String name, Input.Answered look) {
    if (Advancing.isExposureCheck(name)) {
      return OnBreach.HOLD;
    }
    Guardrail guardrail = state.plan().guardrail(name);
    if (guardrail.onBreach() != OnBreach.ROLLBACK) {
      return guardrail.onBreach();
    }
    if (guardrail.check() instanceof Check.Compare compare && !comparing.hadControl(name)) {
      return withoutControl(compare.withoutControl());
    }
    boolean notTheFlags =
        guardrail.check() instanceof Check.Alerts
            && look.measurements().stream()
                .filter(one -> one.guardrail().equals(name))
                .noneMatch(AlertsJudge::hasBegunSinceTheRaise);
    return notTheFlags ? OnBreach.HOLD : OnBreach.ROLLBACK;
  }

  /** Nobody is left to compare with: a shared incident cannot be told from harm. */
  private static OnBreach withoutControl(WithoutControl wanted) {
    return switch (wanted) {
      case ROLLBACK, STEP_BACK -> OnBreach.ROLLBACK;
      case HOLD -> OnBreach.HOLD;
    };
  }

  private String describe(Finding finding, Input.Answered look) {
    Optional<Measurement> measurement =
        look.measurements().stream()
            .filter(one -> one.guardrail().equals(finding.guardrail()))
            .findFirst();
    String window =
        measurement
            // a comparison speaks of all its looks
            .filter(one -> !Comparing.isComparison(state, one.guardrail()))
            .map(one -> " over " + Durations.words(one.window().length()))
            .orElse("");
    long row = state.watch().orElseThrow().guardrails().get(finding.guardrail()).streak();
    return finding.guardrail()
        + ": "
        + finding.reason()
        + window
        + (row > 1 ? ", " + row + " looks in a row" : "");
  }

  private void liftEvidenceHold() {
    boolean back =
        state.takeBack().isEmpty()
            && state.holds().containsKey(HoldKind.EVIDENCE)
            && state.watch().orElseThrow().guardrails().values().stream()
                .allMatch(GuardrailWatch::isConclusive);
    if (back) {
      record(
          new Event.Resumed(
              now,
              List.of(HoldKind.EVIDENCE),
              Optional.of("evidence is back"),
              Actor.PROGRAM,
              Map.of()));
    }
  }

  private void record(Event event) {
    events.add(event);
    state = state.apply(event);
  }
}
