package rollout.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.plan.Safety;

/** How a rollout ended, and what is in force now. */
final class EndSection {
  private EndSection() {}

  static List<Line> of(Standing standing, RolloutState.End end, Times times, int width) {
    boolean completed = end.phase() == Phase.COMPLETED;
    Duration took = Duration.between(standing.state().started().at(), end.at());
    String words = completed ? "completed" : words(end.phase()) + " and sealed";
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.of("  ")
            .add(completed ? "✔ " : "✖ ", completed ? Tint.GOOD : Tint.BAD)
            .add(words, Tint.STRONG)
            .add(" " + times.day(end.at()) + ", after " + Times.words(took)));
    lines.addAll(Wrap.lines(Escape.line(end.reason()), "    ", width, Tint.PLAIN));
    lines.addAll(
        Wrap.lines("now in force: " + standing.exposureWords(), "    ", width, Tint.PLAIN));
    lines.addAll(restored(standing.state(), width));
    return lines;
  }

  /** Gates that a rollback put back are no exposure, and somebody sees the flag all the same. */
  private static List<Line> restored(RolloutState state, int width) {
    boolean restores =
        state.plan().safety().rollbackTo() == Safety.RollbackTo.BASELINE
            && state.phase() == Phase.ROLLED_BACK;
    List<Line> lines = new ArrayList<>();
    state
        .environments()
        .forEach(
            (name, one) ->
                one.confirmed()
                    .filter(gates -> restores && !gates.isWide() && !gates.isOff())
                    .map(gates -> Escape.line(name + ": " + gates))
                    .map(text -> Wrap.lines(text, "    ", width, Tint.PLAIN))
                    .ifPresent(lines::addAll));
    return lines;
  }

  private static String words(Phase phase) {
    return phase.word().replace('_', ' ');
  }
}
