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

  private NextSteps() {}

  /** In the order a person would want them; none in the sandbox, which answers to nobody. */
  static List<Step> of(RolloutState state) {
    String flag = state.flag().value();
    if (state.started().sandbox()) {
      return List.of(new Step("all that happened", "rollout history " + flag));
    }
    if (state.end().isPresent()) {
      return ended(state, flag);
    }
    if (state.takeBack().isPresent()) {
      return List.of(
          new Step("if nobody drives it", "rollout resume " + flag),
          new Step("say off again", "rollout abort " + flag));
    }
    return advancing(state, flag);
  }

  private static List<Step> ended(RolloutState state, String flag) {
    Step history = new Step("all that happened", "rollout history " + flag);
    return state.phase() == Phase.COMPLETED
        ? List.of(history)
        : List.of(
            history, new Step("try again", "rollout start " + flag + " --again --reason WHY"));
  }

  private static List<Step> advancing(RolloutState state, String flag) {
    List<Step> steps = new ArrayList<>();
    if (!state.holds().isEmpty()) {
      state.hold().map(hold -> resume(hold, flag)).ifPresent(steps::add);
    } else if (state.phase() == Phase.AWAITING_APPROVAL && !state.progress().approved()) {
      String stage = state.stage().map(Stage::name).orElseThrow();
      steps.add(new Step("say yes", "rollout approve " + flag + " --stage " + stage));
    } else {
      steps.add(new Step("hold", "rollout hold " + flag));
    }
    steps.add(new Step("switch off", "rollout abort " + flag));
    return steps;
  }

  private static Step resume(Hold hold, String flag) {
    String command = "rollout resume " + flag;
    return switch (hold.kind()) {
      case DRIFT -> new Step("take what is in force", command + " --adopt");
      case BREACH, EXTENSION_SPENT -> new Step("accept what was seen", command);
      case REFUSED -> new Step("once GitLab allows it", command);
      case EVIDENCE, INCIDENT, FREEZE, CALENDAR, WINDOW ->
          new Step("watch, it goes on by itself", watch(flag));
      case PERSON, SIGNAL, LIMIT -> new Step("go on", command);
    };
  }

  private static String watch(String flag) {
    return "rollout status " + flag + " --watch";
  }
}
