package rollout.report;

import java.util.List;
import rollout.core.RolloutState;

/** What a person can type now. */
final class StepSection {
  private StepSection() {}

  static List<Line> of(RolloutState state) {
    Table table = new Table();
    for (NextSteps.Step step : NextSteps.of(state)) {
      table.row(Line.of(step.aim() + ":", Tint.FAINT), Line.of(Escape.line(step.command())));
    }
    return table.lines("  ");
  }
}
