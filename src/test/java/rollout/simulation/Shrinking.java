package rollout.simulation;

/** Takes faults out of a scenario for as long as the same thing still goes wrong. */
final class Shrinking {
  private final Simulation simulation;

  Shrinking(Simulation simulation) {
    this.simulation = simulation;
  }

  /** The violation with the fewest faults that could be found, and its story. */
  Simulation.Violation shrink(Simulation.Violation violation) {
    Simulation.Violation smallest = violation;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = 0; i < smallest.scenario().faults().size(); i++) {
        Simulation.Violation fewer = play(smallest.scenario().without(i));
        if (fewer != null && fewer.kind().equals(violation.kind())) {
          smallest = fewer;
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private Simulation.Violation play(Scenario scenario) {
    return simulation.play(scenario, new Coverage(), true);
  }
}
