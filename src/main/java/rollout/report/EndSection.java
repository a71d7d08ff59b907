package rollout.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import rollout.core.Phase;
import rollout.core.RolloutState;

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
    return lines;
  }

  private static String words(Phase phase) {
    return phase.word().replace('_', ' ');
  }
}
