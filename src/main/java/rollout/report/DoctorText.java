package rollout.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rollout.port.Health;

/** What {@code doctor} found, server by server. */
public final class DoctorText {
  private DoctorText() {}

  /**
   * The text, lines ended by {@code \n}, none wider than the larger of {@code width} and {@link
   * Frame#NARROWEST}; details are wrapped, never cut.
   *
   * @param findings by server, in the order they are shown
   */
  public static String of(Map<String, List<Health.Finding>> findings, int width, Style style) {
    int room = Math.max(Frame.NARROWEST, width);
    List<Line> lines = new ArrayList<>();
    findings.forEach(
        (server, found) -> {
          lines.add(Line.of(Escape.line(server), Tint.STRONG));
          found.forEach(finding -> addFinding(lines, finding, widest(found), room));
        });
    return Line.draw(lines, room, style);
  }

  private static void addFinding(
      List<Line> lines, Health.Finding finding, int subjectColumns, int width) {
    String subject = Columns.pad(Escape.line(finding.subject()), subjectColumns);
    Line lead =
        Line.of("  ").add(symbol(finding), tint(finding)).add(" " + subject + "  ", Tint.FAINT);
    lines.addAll(Wrap.behind(lead, Escape.line(finding.detail()), width));
  }

  private static int widest(List<Health.Finding> findings) {
    return findings.stream()
        .mapToInt(finding -> Columns.of(Escape.line(finding.subject())))
        .max()
        .orElse(0);
  }

  private static String symbol(Health.Finding finding) {
    return switch (finding.wellness()) {
      case WELL -> "✔";
      case DOUBTFUL -> "▲";
      case ILL -> "✖";
    };
  }

  private static Tint tint(Health.Finding finding) {
    return switch (finding.wellness()) {
      case WELL -> Tint.GOOD;
      case DOUBTFUL -> Tint.DOUBTFUL;
      case ILL -> Tint.BAD;
    };
  }
}
