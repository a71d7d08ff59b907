package rollout.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Look;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Safety;
import rollout.plan.Stage;

/**
 * What a plan would do for one flag if it started at one moment, was healthy throughout, and found
 * the flag off everywhere. Waits for windows and for nobody: every approval is taken to be given at
 * once, and no incident to be open.
 *
 * @param stages in order
 */
record Outline(FlagName flag, Plan plan, Instant from, List<StageOutline> stages) {
  /** How many actors of one Gitaly call Rails asks about: repository, user, project and group. */
  private static final int GITALY_ACTORS = 4;

  Outline {
    stages = List.copyOf(stages);
  }

  /**
   * One request that switches something on.
   *
   * @param at when it is sent at the earliest
   * @param afterApproval whether a person is asked before it
   */
  record Write(Environment environment, String body, Instant at, boolean afterApproval) {}

  /**
   * One stage.
   *
   * @param writes none when its exposure is in force already
   * @param verifiedAt when its exposure is in force everywhere
   * @param endsAt when it passes at the earliest
   * @param afterApproval whether a person is asked before it begins
   * @param looks how many its bake holds; 0 when nothing watches it
   * @param required how many of them must pass
   * @param questions what one look asks; {@code {{window}}} is the full window
   * @param queriesADay by source, at the stage's interval, identical queries once
   */
  record StageOutline(
      Stage stage,
      List<Write> writes,
      Instant verifiedAt,
      Instant endsAt,
      boolean afterApproval,
      long looks,
      long required,
      List<Look.Inquiry> questions,
      Map<String, Long> queriesADay) {
    /** The queries without their windows, which differ from look to look. */
    List<String> queries() {
      return questions.stream()
          .flatMap(inquiry -> inquiry.questions().stream())
          .map(Question::query)
          .map(Object::toString)
          .toList();
    }
  }

  /** From the first request to the last look. */
  Duration length() {
    return Duration.between(from, endsAt());
  }

  /** When the last stage passes at the earliest. */
  Instant endsAt() {
    return stages.get(stages.size() - 1).endsAt();
  }

  /** Whether a guardrail's rollback puts back what was there before. */
  boolean restores() {
    return plan.safety().rollbackTo() == Safety.RollbackTo.BASELINE;
  }

  /** The environments that are switched off when everything goes back, in the plan's order. */
  List<Environment> environments() {
    return plan.environments().stream().filter(one -> plan.lastIn(one.name()).isPresent()).toList();
  }

  /**
   * The largest share of calls that a share of actors can be; empty where the two are the same: a
   * {@code gitaly_} flag is on for a call when it is on for any of its four actors.
   */
  Optional<Double> shareOfCalls(Exposure exposure) {
    boolean differs =
        flag.isGitaly() && plan.safety().gate() == Gate.PERCENTAGE_OF_ACTORS && !exposure.isFull();
    double share = exposure.share().fraction();
    return differs ? Optional.of(1 - Math.pow(1 - share, GITALY_ACTORS)) : Optional.empty();
  }
}
