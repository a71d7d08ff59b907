package rollout.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks a long text into lines at its blanks; a word that is too long is cut into pieces. */
final class Wrap {
  private Wrap() {}

  /** The lines of an escaped text, each behind this indent. */
  static List<Line> lines(String text, String indent, int width, Tint tint) {
    int room = Math.max(1, width - indent.length());
    return pieces(text, room).stream().map(piece -> Line.of(indent).add(piece, tint)).toList();
  }

  /** The lines of an escaped text, the first behind {@code lead}, the others below its end. */
  static List<Line> behind(Line lead, String text, int width) {
    int columns = lead.columns();
    List<Line> lines = new ArrayList<>();
    for (String piece : pieces(text, Math.max(1, width - columns))) {
      lines.add((lines.isEmpty() ? lead : Line.of(" ".repeat(columns))).add(piece));
    }
    return lines;
  }

  private static List<String> pieces(String text, int room) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split(" +")) {
      String joined = line.isEmpty() ? word : line + " " + word;
      if (Columns.of(joined) <= room) {
        line = joined;
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      line = cut(word, room, lines);
    }
    lines.add(line);
    return lines;
  }

  private static String cut(String word, int room, List<String> lines) {
    String rest = word;
    while (Columns.of(rest) > room) {
      // A letter wider than the room still has to go somewhere.
      int first = Character.charCount(rest.codePointAt(0));
      int end = Math.max(first, Columns.head(rest, room).length());
      lines.add(rest.substring(0, end));
      rest = rest.substring(end);
    }
    return rest;
  }
}
