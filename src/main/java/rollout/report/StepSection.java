package rollout.report;

import java.util.ArrayList;
import java.util.List;
import rollout.core.RolloutState;

/** What a person can type now. A command is never cut: it is there to be copied. */
final class StepSection {
  private StepSection() {}

  static List<Line> of(RolloutState state, int width, Invocation invocation) {
    List<NextSteps.Step> steps = new NextSteps(state, invocation).all();
    List<Line> beside = beside(steps);
    return beside.stream().allMatch(line -> line.columns() <= width) ? beside : below(steps, width);
  }

  private static List<Line> beside(List<NextSteps.Step> steps) {
    Table table = new Table();
    for (NextSteps.Step step : steps) {
      table.row(Line.of(step.aim() + ":", Tint.FAINT), Line.of(Escape.line(step.command())));
    }
    return table.lines("  ");
  }

  private static List<Line> below(List<NextSteps.Step> steps, int width) {
    List<Line> lines = new ArrayList<>();
    for (NextSteps.Step step : steps) {
      lines.add(Line.of("  ").add(step.aim() + ":", Tint.FAINT));
      lines.addAll(Wrap.lines(Escape.line(step.command()), "    ", width, Tint.PLAIN));
    }
    return lines;
  }
}
