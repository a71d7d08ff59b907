package rollout.report;

import java.util.ArrayList;
import java.util.List;
import rollout.port.Audit.Break;
import rollout.port.Audit.Finding;

/** What {@code audit verify} found, rollout by rollout. */
public final class AuditText {
  private AuditText() {}

  /**
   * The text, lines ended by {@code \n}. The heads are never cut: they are to be kept elsewhere.
   *
   * @param state the name of the state that was looked at
   */
  public static String of(List<Finding> findings, String state, int width, Style style) {
    int room = Math.max(Frame.NARROWEST, width);
    List<Line> lines = new ArrayList<>();
    findings.forEach(finding -> addRollout(lines, finding, room));
    lines.add(sum(findings, state));
    return Line.draw(lines, Integer.MAX_VALUE, style);
  }

  private static void addRollout(List<Line> lines, Finding finding, int width) {
    lines.add(
        Line.of(finding.isIntact() ? "✔" : "✖", finding.isIntact() ? Tint.GOOD : Tint.BAD)
            .add(" " + Escape.line(finding.rollout()), Tint.STRONG)
            .add("  " + count(finding.events(), "event"), Tint.FAINT));
    for (Break one : finding.breaks()) {
      String where = one.seq() == 0 ? "  list  " : "  event " + one.seq() + "  ";
      lines.addAll(Wrap.behind(Line.of(where, Tint.BAD), Escape.line(one.what()), width));
    }
    lines.add(
        Line.of("  head ", Tint.FAINT)
            .add(Escape.line(finding.rollout()) + ":" + finding.head(), Tint.FAINT));
  }

  private static Line sum(List<Finding> findings, String state) {
    long events = findings.stream().mapToLong(Finding::events).sum();
    long broken = findings.stream().filter(one -> !one.isIntact()).count();
    String looked =
        count(findings.size(), "rollout")
            + ", "
            + count(events, "event")
            + " in "
            + Escape.line(state)
            + ": ";
    return broken == 0
        ? Line.of(looked + "every link holds.")
        : Line.of(
            looked
                + count(broken, "rollout")
                + " NOT INTACT. Compare with a copy, and with the flag at GitLab; abort works all"
                + " the same.",
            Tint.BAD);
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
