package rollout.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.EnvironmentState;
import rollout.core.Hold;
import rollout.core.HoldKind;
import rollout.core.Phase;
import rollout.core.Progress;
import rollout.core.RolloutState;
import rollout.core.TakeBack;
import rollout.core.Trouble;
import rollout.plan.Exposure;
import rollout.plan.Stage;

/**
 * What can be said of a rollout at one moment; every view of it is drawn from this.
 *
 * @param now the moment it is looked at
 */
record Standing(RolloutState state, Instant now) {
  /** A stage's place on the way. */
  enum Mark {
    PASSED,
    PRESENT,
    TO_COME,
    FAILED
  }

  /** By environment, in the plan's order: {@code off}, {@code 5%}, {@code unknown}. */
  Map<String, String> exposures() {
    Map<String, String> exposures = new LinkedHashMap<>();
    state.environments().forEach((name, one) -> exposures.put(name, exposure(one)));
    return exposures;
  }

  static String exposure(EnvironmentState environment) {
    return environment.isUncertain() ? "unknown" : environment.exposure().toString();
  }

  /** Whether no write of ours can switch the flag on again where it was taken back. */
  boolean isSealed() {
    return state.end().map(end -> end.phase() != Phase.COMPLETED).orElse(false)
        || state.takeBack().map(TakeBack::isSealed).orElse(false);
  }

  /** Whether exposure is going back or has gone back. */
  boolean isTakenBack() {
    return state.takeBack().isPresent()
        || state.end().map(end -> end.phase() != Phase.COMPLETED).orElse(false);
  }

  /** Why it is where it is, as the events worded it; empty while all is well. */
  Optional<String> reason() {
    return state
        .end()
        .map(RolloutState.End::reason)
        .or(() -> state.takeBack().map(TakeBack::reason))
        .or(() -> state.hold().map(Hold::reason))
        .or(() -> troubles().values().stream().findFirst().map(Trouble::reason))
        .or(this::question)
        .or(this::extended);
  }

  /** Why a stage goes on after its bake, though nothing is wrong. */
  Optional<String> extended() {
    return watching().shortage().map(lack -> "extended: " + lack.guardrail() + " " + lack.words());
  }

  /** What a person is asked, while the answer is awaited. */
  Optional<String> question() {
    return state.phase() == Phase.AWAITING_APPROVAL && !state.progress().approved()
        ? state.stage().flatMap(Stage::approval).map(asked -> "waiting for a yes to: " + asked)
        : Optional.empty();
  }

  /** When the window opens that the present stage's raise waits for. */
  Optional<Instant> windowOpensAt() {
    return state
        .entering()
        .filter(cell -> state.holds().containsKey(HoldKind.WINDOW))
        .map(cell -> state.plan().conditions().window(cell))
        .flatMap(window -> window.nextOpening(now))
        .filter(now::isBefore);
  }

  /** Where GitLab fails us, the environment that is being raised first. */
  Map<String, Trouble> troubles() {
    Map<String, Trouble> troubles = new LinkedHashMap<>();
    state.entering().ifPresent(name -> addTrouble(troubles, name));
    state.stage().map(Stage::environments).stream()
        .flatMap(List::stream)
        .forEach(name -> addTrouble(troubles, name));
    state.environments().keySet().forEach(name -> addTrouble(troubles, name));
    return troubles;
  }

  private void addTrouble(Map<String, Trouble> troubles, String name) {
    state.environment(name).trouble().ifPresent(trouble -> troubles.putIfAbsent(name, trouble));
  }

  /** What the looks have shown, and when the next is due. */
  Watching watching() {
    return new Watching(state, now);
  }

  /** Where this stage stands on the way. */
  Mark mark(Stage stage) {
    int index = state.plan().stages().indexOf(stage);
    int present = state.progress().stageIndex();
    if (index != present) {
      return index < present ? Mark.PASSED : Mark.TO_COME;
    }
    if (isTakenBack()) {
      return Mark.FAILED;
    }
    boolean done = state.progress().activity() == Progress.Activity.PASSED;
    return done ? Mark.PASSED : Mark.PRESENT;
  }

  /** The environments with what is in force there, for people; those that are off left out. */
  String exposureWords() {
    String words =
        exposures().entrySet().stream()
            .filter(one -> !one.getValue().equals(Exposure.OFF.toString()))
            .map(one -> one.getKey() + " " + one.getValue())
            .reduce((a, b) -> a + ", " + b)
            .orElse("off everywhere");
    return Escape.line(words);
  }
}
