package rollout.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.judge.CompareJudge;
import rollout.judge.Measurement;
import rollout.judge.Trials;
import rollout.judge.Verdict;
import rollout.judge.sequential.ControlKind;
import rollout.judge.sequential.Past;
import rollout.plan.Check;
import rollout.plan.Guardrail;
import rollout.plan.Stage;

/** The comparisons of one look: each is taken one step further, or told why it is not. */
final class Comparing {
  private final RolloutState state;
  private final Stage stage;
  private final List<Compared> compared = new ArrayList<>();
  private final Map<String, ControlKind> controls = new HashMap<>();

  /**
   * @param state before the look
   * @param stage the one that is watched
   */
  Comparing(RolloutState state, Stage stage) {
    this.state = state;
    this.stage = stage;
  }

  static boolean isComparison(RolloutState state, String guardrail) {
    return !Advancing.isExposureCheck(guardrail)
        && state.plan().guardrail(guardrail).check() instanceof Check.Compare;
  }

  /** What all of them remember after the look. */
  List<Compared> compared() {
    return compared;
  }

  /** Whether a guardrail was held against those who do not see the flag now. */
  boolean hadControl(String guardrail) {
    return controls.get(guardrail) == ControlKind.CONCURRENT;
  }

  Verdict judge(String cell, Measurement measurement) {
    Guardrail guardrail = state.plan().guardrail(measurement.guardrail());
    Comparisons layout = new Comparisons(state.plan(), guardrail, cell);
    ComparisonState known = state.comparison(new ComparisonKey(guardrail.name(), cell));
    if (Trials.isNew(layout.check())) {
      known = known.knowing(Trials.OF_WHAT_IS_NEW);
    }
    Optional<Past> past = known.past();
    if (past.isEmpty()) {
      return Verdict.of(Verdict.Kind.INCONCLUSIVE, whyNoPast(known), measurement);
    }
    CompareJudge.Ruling ruling =
        CompareJudge.judge(layout.stand(state.flag(), stage, known), measurement);
    ruling
        .next()
        .ifPresent(
            next ->
                compared.add(
                    new Compared(
                        guardrail.name(), cell, next, ruling.requests(), ruling.detectable())));
    if (ruling.verdict().breached()) {
      controls.merge(guardrail.name(), ruling.control(), Comparing::concurrentFirst);
    }
    return ruling.verdict();
  }

  /** Of several cells one with a control suffices to convict. */
  private static ControlKind concurrentFirst(ControlKind a, ControlKind b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static String whyNoPast(ComparisonState known) {
    return known
        .unread()
        .map(unread -> "the week before could not be read: " + unread.reason())
        .orElse("the week before has not been read yet");
  }
}
