package rollout.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.plan.GateState;
import rollout.plan.Stage;

/**
 * What a stage that is being entered finds on already. What the plan would leave there itself is
 * taken as it is, without a write; anything else waits for a person.
 */
final class FoundOn {
  private final RolloutState state;
  private final Stage entering;
  private final Instant at;

  /**
   * @param state with the gates of the environment that was just read
   */
  FoundOn(RolloutState state, Stage entering, Instant at) {
    this.state = state;
    this.entering = entering;
    this.at = at;
  }

  /** None before the gates of every cell are known: only together they say where the flag is. */
  List<Event> events() {
    boolean known = entering.environments().stream().allMatch(cell -> before(cell).isPresent());
    List<String> wide = entering.environments().stream().filter(this::isFoundWide).toList();
    if (!known || wide.isEmpty()) {
      return List.of();
    }
    Stage last = lastIn(wide.get(0));
    boolean isThere = wide.stream().allMatch(cell -> isAt(entering, cell));
    if (!isThere && last.environments().stream().allMatch(cell -> isFoundAt(last, cell))) {
      List<Event> events = new ArrayList<>(List.of(Advancing.entered(last, at)));
      last.environments().forEach(cell -> events.add(adopted(last, cell)));
      return events;
    }
    return cellByCell(wide);
  }

  /** A cell that is where its last stage will leave it waits there for the others. */
  private List<Event> cellByCell(List<String> wide) {
    List<Event> events = new ArrayList<>();
    List<String> strange = new ArrayList<>();
    for (String cell : wide) {
      if (isAt(entering, cell) || isAt(lastIn(cell), cell)) {
        events.add(adopted(entering, cell));
      } else {
        strange.add(before(cell).orElseThrow() + " in " + cell);
      }
    }
    if (!strange.isEmpty() && !state.started().overrides().contains(Checks.GATES)) {
      String reason =
          "the flag is already "
              + String.join(" and ", strange)
              + "; resume --adopt takes it as it is, abort switches it off";
      events.add(Advancing.hold(at, HoldKind.DRIFT, reason));
    }
    return events;
  }

  private Event adopted(Stage stage, String cell) {
    return Entering.adopted(stage, cell, before(cell).orElseThrow(), at);
  }

  /** A percentage or the boolean gate is set, and none of it is ours. */
  private boolean isFoundWide(String cell) {
    EnvironmentState here = state.environment(cell);
    return here.lastWriteAt().isEmpty() && before(cell).filter(GateState::isWide).isPresent();
  }

  private boolean isFoundAt(Stage stage, String cell) {
    return isFoundWide(cell) && isAt(stage, cell);
  }

  private boolean isAt(Stage stage, String cell) {
    GateState gates = before(cell).orElseThrow();
    return gates.equals(gates.with(state.plan().safety().gate(), stage.exposure()));
  }

  private Stage lastIn(String cell) {
    return state.plan().lastIn(cell).orElseThrow();
  }

  private Optional<GateState> before(String cell) {
    return state.environment(cell).before();
  }
}
