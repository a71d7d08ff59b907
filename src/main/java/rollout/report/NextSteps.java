package rollout.report;

import java.util.ArrayList;
import java.util.List;
import rollout.core.Hold;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.plan.Stage;

/** What a person can do about a rollout, as commands to type. */
final class NextSteps {
  /**
   * One of them.
   *
   * @param aim what it leads to, such as {@code go on}
   */
  record Step(String aim, String command) {}

  private final RolloutState state;
  private final Invocation invocation;
  private final String flag;

  NextSteps(RolloutState state, Invocation invocation) {
    this.state = state;
    this.invocation = invocation;
    this.flag = state.flag().value();
  }

  /** In the order a person would want them; none in the sandbox, which answers to nobody. */
  List<Step> all() {
    if (state.started().sandbox()) {
      return List.of(step("all that happened", "history", flag));
    }
    if (state.end().isPresent()) {
      return ended();
    }
    if (state.takeBack().isPresent()) {
      return List.of(
          step("if nobody drives it", "resume", flag), step("say off again", "abort", flag));
    }
    return advancing();
  }

  private Step step(String aim, String... words) {
    return new Step(aim, invocation.line(words));
  }

  private List<Step> ended() {
    Step history = step("all that happened", "history", flag);
    return state.phase() == Phase.COMPLETED
        ? List.of(history)
        : List.of(history, step("try again", "start", flag, "--again", "--reason", "WHY"));
  }

  private List<Step> advancing() {
    List<Step> steps = new ArrayList<>();
    if (!state.holds().isEmpty() && state.stepBack().isEmpty()) {
      state.hold().map(this::resume).ifPresent(steps::add);
    } else if (state.phase() == Phase.AWAITING_APPROVAL && !state.progress().approved()) {
      String stage = state.stage().map(Stage::name).orElseThrow();
      steps.add(step("say yes", "approve", flag, "--stage", stage));
    } else {
      steps.add(step("hold", "hold", flag));
    }
    steps.add(step("switch off", "abort", flag));
    return steps;
  }

  private Step resume(Hold hold) {
    return switch (hold.kind()) {
      case DRIFT -> step("take what is in force", "resume", flag, "--adopt");
      case BREACH, EXTENSION_SPENT -> step("accept what was seen", "resume", flag);
      case REFUSED -> step("once GitLab allows it", "resume", flag);
      case EVIDENCE, INCIDENT, FREEZE, CALENDAR, WINDOW ->
          step("watch, it goes on by itself", "status", flag, "--watch");
      case PERSON, SIGNAL, LIMIT -> step("go on", "resume", flag);
    };
  }
}
