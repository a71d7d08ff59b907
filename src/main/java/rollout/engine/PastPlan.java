package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import rollout.core.BacktestOutcome;
import rollout.core.Inquiries;
import rollout.core.Look;
import rollout.judge.Reading;
import rollout.plan.Check;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.RaiseConditions;
import rollout.plan.Role;
import rollout.plan.Safety;
import rollout.plan.Stage;
import rollout.plan.Window;
import rollout.port.Archive;
import rollout.port.PortException;

/**
 * A plan as it can be played over the past: only guardrails that a source with an archive answers,
 * no approvals, no windows, and a GitLab that obeys at once.
 *
 * @param plan has at least one stage, and no stage without a guardrail
 * @param passedOver what of the original is left out
 */
record PastPlan(Plan plan, List<BacktestOutcome.PassedOver> passedOver) {
  /** Long enough after a stage began for every window to lie inside it. */
  private static final Duration LATER = Duration.ofDays(1001);

  private static final int GLANCES = 500;

  PastPlan {
    passedOver = List.copyOf(passedOver);
  }

  /**
   * @param archives by the name of a source; only those that can look back
   * @param past which of it
   * @throws PortException when a source did not answer
   * @return empty when nothing of the plan can be looked back at
   */
  static Optional<PastPlan> of(
      Plan original, FlagName flag, Map<String, Archive> archives, Window past)
      throws PortException {
    List<BacktestOutcome.PassedOver> passedOver = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Guardrail guardrail : original.guardrails()) {
      Optional<String> why = why(guardrail, questions(original, flag, guardrail), archives, past);
      why.ifPresent(
          reason -> passedOver.add(new BacktestOutcome.PassedOver(guardrail.name(), reason)));
      if (why.isEmpty()) {
        left.add(guardrail.name());
      }
    }
    original
        .exposureCheck()
        .ifPresent(
            check ->
                passedOver.add(
                    new BacktestOutcome.PassedOver(
                        ExposureCheck.NAME, "the exposures of the plan were not in force then")));
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : original.stages()) {
      List<String> watching = stage.guardrails().stream().filter(left::contains).toList();
      if (watching.isEmpty()) {
        passedOver.add(
            new BacktestOutcome.PassedOver("stage " + stage.name(), "nothing watches it then"));
      } else {
        stages.add(played(stage, watching));
      }
    }
    return stages.isEmpty()
        ? Optional.empty()
        : Optional.of(new PastPlan(played(original, stages), passedOver));
  }

  private static Optional<String> why(
      Guardrail guardrail, List<Question> questions, Map<String, Archive> archives, Window past)
      throws PortException {
    Archive archive = archives.get(guardrail.source());
    if (archive == null) {
      return Optional.of("its source " + guardrail.source() + " cannot be replayed");
    }
    if (!questions.stream().allMatch(question -> archive.holds(question.query()))) {
      return Optional.of("its query means something else when it is asked for many looks at once");
    }
    boolean compares = guardrail.check() instanceof Check.Compare;
    return compares && !sawTheFlag(questions, archive, past)
        ? Optional.of("nobody saw the flag then, so that nothing can be compared")
        : Optional.empty();
  }

  /** Whether anybody is known to have had it on, at a glance. */
  private static boolean sawTheFlag(List<Question> questions, Archive archive, Window past)
      throws PortException {
    Duration step = past.length().dividedBy(GLANCES);
    for (Question question : questions) {
      if (question.role() == Role.TREATED_REQUESTS) {
        Duration length = question.window().length();
        boolean any =
            archive.past(question.query(), length, past.from().plus(step), step, GLANCES).stream()
                .anyMatch(one -> one instanceof Reading.Value value && value.value() > 0);
        if (any) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Question> questions(Plan plan, FlagName flag, Guardrail guardrail) {
    List<Question> questions = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      if (stage.guardrails().contains(guardrail.name())) {
        Look look =
            new Inquiries(plan, flag, stage, Instant.EPOCH, Instant.EPOCH)
                .look(1, Instant.EPOCH.plus(LATER));
        look.inquiries().stream()
            .filter(inquiry -> inquiry.guardrail().equals(guardrail.name()))
            .forEach(inquiry -> questions.addAll(inquiry.questions()));
      }
    }
    return questions;
  }

  private static Stage played(Stage stage, List<String> guardrails) {
    return new Stage(
        stage.name(),
        stage.environments(),
        stage.exposure(),
        stage.bake(),
        stage.interval(),
        guardrails,
        false,
        Optional.empty(),
        stage.minRequests(),
        stage.requireDetectable(),
        stage.bakeAtMost());
  }

  private static Plan played(Plan plan, List<Stage> stages) {
    return new Plan(
        plan.environments(),
        plan.sources(),
        plan.flags(),
        plan.variables(),
        plan.overrides(),
        plan.guardrails(),
        Optional.empty(),
        stages,
        plan.judgement(),
        obeyedAtOnce(plan.safety()),
        RaiseConditions.NONE);
  }

  private static Safety obeyedAtOnce(Safety safety) {
    return new Safety(
        safety.gate(),
        safety.scope(),
        Safety.RollbackTo.OFF,
        Duration.ZERO,
        Duration.ZERO,
        safety.lease(),
        Optional.empty(),
        safety.gitlabBudget(),
        Safety.Marker.NONE);
  }

  /** The same plan with other guardrails of the same names. */
  PastPlan with(Function<Guardrail, Guardrail> change) {
    Plan changed =
        new Plan(
            plan.environments(),
            plan.sources(),
            plan.flags(),
            plan.variables(),
            plan.overrides(),
            plan.guardrails().stream().map(change).toList(),
            plan.exposureCheck(),
            plan.stages(),
            plan.judgement(),
            plan.safety(),
            plan.conditions());
    return new PastPlan(changed, passedOver);
  }

  /**
   * A plan that stops at nothing, and bakes where these guardrails watch: what they would have seen
   * in the end.
   */
  PastPlan onlyWatching(Set<String> names) {
    PastPlan quiet =
        with(
            one ->
                new Guardrail(
                    one.name(),
                    one.source(),
                    one.check(),
                    one.window(),
                    Lasting.ONE_LOOK,
                    OnBreach.WARN));
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      List<String> watching = stage.guardrails().stream().filter(names::contains).toList();
      if (!watching.isEmpty()) {
        stages.add(played(stage, watching));
      }
    }
    return new PastPlan(played(quiet.plan, stages), passedOver);
  }
}
