package rollout.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import rollout.judge.CompareJudge;
import rollout.judge.Trials;
import rollout.judge.sequential.JudgedStage;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.SequentialTest;
import rollout.judge.sequential.Spending;
import rollout.plan.Check;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.plan.Window;

/**
 * How the tests of a plan's comparisons are laid out. Each guardrail has one in each environment:
 * another cell has other users and another past, and harm in one cell is not diluted by the peace
 * in the others. The plan's one budget of false alarms is split evenly over its comparisons, and
 * each comparison's share over the stages and cells it watches.
 */
public final class Comparisons {
  private final Plan plan;
  private final Guardrail guardrail;
  private final String environment;

  /**
   * @param environment one of those that the guardrail watches
   */
  public Comparisons(Plan plan, Guardrail guardrail, String environment) {
    this.plan = plan;
    this.guardrail = guardrail;
    this.environment = environment;
  }

  /** The comparisons that watch a stage. */
  static List<Guardrail> of(Plan plan, Stage stage) {
    return stage.guardrails().stream()
        .map(plan::guardrail)
        .filter(one -> one.check() instanceof Check.Compare)
        .toList();
  }

  Check.Compare check() {
    return (Check.Compare) guardrail.check();
  }

  /**
   * Where the test stands when a look of this stage is judged.
   *
   * @param known its past is
   */
  CompareJudge.Stand stand(FlagName flag, Stage stage, ComparisonState known) {
    return new CompareJudge.Stand(
        check(),
        stage.exposure(),
        share(flag, stage.exposure()),
        stages().indexOf(stage),
        spending(known.budget()),
        known.past().orElseThrow(),
        known.test());
  }

  /**
   * What each look may cost.
   *
   * @param budget which part of its share is left
   */
  public Spending spending(double budget) {
    List<Stage> mine = stages();
    long everywhere =
        plan.stages().stream()
            .filter(this::watches)
            .mapToLong(stage -> stage.environments().size())
            .sum();
    long comparisons =
        plan.guardrails().stream()
            .filter(one -> one.check() instanceof Check.Compare)
            .filter(
                one -> plan.stages().stream().anyMatch(s -> s.guardrails().contains(one.name())))
            .count();
    double alpha =
        plan.judgement().falseRollback() * budget * mine.size() / everywhere / comparisons;
    return new Spending(alpha, mine.stream().map(this::judged).toList());
  }

  /** A person accepted what was seen; what it cost stays spent. */
  static RolloutState accepted(RolloutState state) {
    return each(state, Comparisons::accepted);
  }

  /** What this guardrail saw was not the flag; what it cost stays spent. */
  static RolloutState acquitted(RolloutState state, String guardrail) {
    return each(
        state,
        (layout, known) ->
            layout.guardrail.name().equals(guardrail) ? accepted(layout, known) : known);
  }

  private static ComparisonState accepted(Comparisons layout, ComparisonState known) {
    return known.test().map(layout.test()::accepted).map(known::tested).orElse(known);
  }

  /**
   * Another plan is in force: a test that it lays out otherwise begins anew, with what is left of
   * its budget.
   *
   * @param state still under the plan before
   */
  static RolloutState replanned(RolloutState state, Plan next) {
    return each(
        state,
        (layout, known) ->
            layout.isAlike(next, state.flag()) ? known : known.anew(layout.left(known)));
  }

  private static RolloutState each(
      RolloutState state, BiFunction<Comparisons, ComparisonState, ComparisonState> change) {
    RolloutState next = state;
    for (ComparisonKey key : state.comparisons().keySet()) {
      Optional<Guardrail> guardrail = named(state.plan(), key.guardrail());
      if (guardrail.isPresent()) {
        Comparisons layout = new Comparisons(state.plan(), guardrail.get(), key.environment());
        next = next.with(key, known -> change.apply(layout, known));
      }
    }
    return next;
  }

  private static Optional<Guardrail> named(Plan plan, String name) {
    return plan.guardrails().stream()
        .filter(one -> one.check() instanceof Check.Compare && one.name().equals(name))
        .findFirst();
  }

  private SequentialTest test() {
    return Trials.test(check(), spending(1), Past.UNKNOWN);
  }

  private double left(ComparisonState known) {
    return known.test().map(test -> spending(known.budget()).left(test)).orElse(1.0);
  }

  /** Approvals, holds and looks that failed let any stage outlast its plan. */
  private JudgedStage judged(Stage stage) {
    long looks = Looks.planned(stage);
    return new JudgedStage((int) looks, check().isControlledAt(stage.exposure()), true);
  }

  private List<Stage> stages() {
    return plan.stages().stream()
        .filter(stage -> watches(stage) && stage.isIn(environment))
        .toList();
  }

  private boolean watches(Stage stage) {
    return stage.guardrails().contains(guardrail.name());
  }

  /** At most so many of the users have it on: four yeses are asked of a repository's flag. */
  private static double share(FlagName flag, Exposure exposure) {
    double actors = exposure.share().fraction();
    return flag.isGitaly() ? 1 - Math.pow(1 - actors, 4) : actors;
  }

  /** Whether another plan asks, spends and tolerates the same. */
  private boolean isAlike(Plan other, FlagName flag) {
    Optional<Guardrail> there = named(other, guardrail.name());
    return there.filter(guardrail::equals).isPresent()
        && layout(flag).equals(new Comparisons(other, there.get(), environment).layout(flag));
  }

  private List<Object> layout(FlagName flag) {
    Window someday = new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    return stages().isEmpty()
        ? List.of()
        : List.of(
            spending(1).alpha(),
            stages().stream().map(this::judged).toList(),
            new Questions(plan, flag, environment, Instant.EPOCH).of(guardrail, someday));
  }
}
