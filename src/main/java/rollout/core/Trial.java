package rollout.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.judge.Measurement;
import rollout.judge.StepBackJudge;
import rollout.judge.Verdict;
import rollout.judge.sequential.StepBackState;
import rollout.plan.Stage;

/**
 * One look of a step-back: its guardrail is judged beside those who do not see the flag, in each
 * cell. One cell's conviction is enough; to be acquitted takes all of them.
 */
final class Trial {
  private final RolloutState state;
  private final StepBack back;
  private final Stage stage;
  private final long look;
  private final Instant now;
  private final List<Event.Weighed> weighed = new ArrayList<>();

  private Trial(RolloutState state, StepBack back, Stage stage, long look, Instant now) {
    this.state = state;
    this.back = back;
    this.stage = stage;
    this.look = look;
    this.now = now;
  }

  /**
   * The trial that is open; empty but at the exposure that was stepped back to.
   *
   * @param stage the one that is watched there
   */
  static Optional<Trial> of(RolloutState state, Stage stage, long look, Instant now) {
    return state
        .stepBack()
        .filter(back -> !back.isGoingDown())
        .map(back -> new Trial(state, back, stage, look, now));
  }

  /** Whether this guardrail is judged here. */
  boolean isOf(String guardrail) {
    return back.guardrail().equals(guardrail);
  }

  /** What the test remembers from here on, in each cell where the look counted. */
  List<Event.Weighed> weighed() {
    return weighed;
  }

  Verdict judge(String cell, Measurement measurement) {
    Comparisons layout =
        new Comparisons(state.plan(), state.plan().guardrail(back.guardrail()), cell);
    ComparisonState known = state.comparison(new ComparisonKey(back.guardrail(), cell));
    StepBackState before =
        Optional.ofNullable(back.tests().get(cell)).orElseGet(StepBackState::begin);
    StepBackJudge.Ruling ruling =
        StepBackJudge.judge(
            layout.stand(state.flag(), stage, known), back.number(), before, measurement);
    ruling.weighed().ifPresent(one -> weighed.add(event(cell, one)));
    return ruling.verdict();
  }

  private Event.Weighed event(String cell, StepBackJudge.Weighed one) {
    return new Event.Weighed(
        now,
        stage.name(),
        look,
        back.guardrail(),
        cell,
        one.outcome(),
        one.evidence(),
        one.limit(),
        one.next());
  }

  /** The end of the trial, if this look was it. */
  Optional<Event> acquittal(List<Finding> findings) {
    return findings.stream()
        .filter(one -> isOf(one.guardrail()) && one.kind() == Verdict.Kind.PASS)
        .findFirst()
        .map(
            one ->
                new Event.Acquitted(
                    now,
                    state.stage().orElseThrow().name(),
                    back.guardrail(),
                    back.number(),
                    one.reason()));
  }
}
