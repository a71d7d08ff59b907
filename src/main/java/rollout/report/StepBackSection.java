package rollout.report;

import java.util.ArrayList;
import java.util.List;
import rollout.core.Finding;
import rollout.core.GuardrailWatch;
import rollout.core.StepBack;
import rollout.core.Watch;

/** A stage on its way back to the exposure before it, or judged there. */
final class StepBackSection {
  private StepBackSection() {}

  static List<Line> of(Standing standing, StepBack back, Times times, int width) {
    List<Line> lines = new ArrayList<>();
    lines.addAll(Wrap.lines(words(standing, back, times), "  ", width, Tint.DOUBTFUL));
    lines.addAll(Wrap.lines(Escape.line(back.reason()), "    ", width, Tint.PLAIN));
    return lines;
  }

  /**
   * For example {@code stepping back to 50%: judging with a control, E=3/200; decides by 14:32}.
   */
  static String words(Standing standing, StepBack back, Times times) {
    String what = "stepping back to " + back.exposure() + ": ";
    String now = back.isGoingDown() ? goingDown(standing) : judging(standing, back);
    return what + now + "; decides by " + times.clock(back.decidesBy());
  }

  private static String goingDown(Standing standing) {
    boolean raising =
        standing.state().stage().orElseThrow().environments().stream()
            .map(standing.state()::environment)
            .anyMatch(cell -> cell.intent().isPresent() || !cell.exposure().isOff());
    return raising ? "on its way there" : "off, and soon on again for some";
  }

  private static String judging(Standing standing, StepBack back) {
    return standing
        .state()
        .watch()
        .map(Watch::guardrails)
        .map(all -> all.get(back.guardrail()))
        .flatMap(GuardrailWatch::latest)
        .map(Finding::reason)
        .map(Escape::line)
        .orElse("judging with a control");
  }
}
