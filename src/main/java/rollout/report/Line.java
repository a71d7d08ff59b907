package rollout.report;

import java.util.ArrayList;
import java.util.List;

/** One line of a view, in tinted pieces. Drawn no wider than asked. */
final class Line {
  private record Piece(String text, Tint tint) {}

  private final List<Piece> pieces = new ArrayList<>();

  static Line blank() {
    return new Line();
  }

  static Line of(String text) {
    return new Line().add(text, Tint.PLAIN);
  }

  static Line of(String text, Tint tint) {
    return new Line().add(text, tint);
  }

  Line add(String text) {
    return add(text, Tint.PLAIN);
  }

  Line add(String text, Tint tint) {
    pieces.add(new Piece(text, tint));
    return this;
  }

  Line add(Line other) {
    pieces.addAll(other.pieces);
    return this;
  }

  int columns() {
    return pieces.stream().mapToInt(piece -> Columns.of(piece.text())).sum();
  }

  Line padded(int columns) {
    return new Line().add(this).add(" ".repeat(Math.max(0, columns - columns())));
  }

  /** The line without blanks at its end; what does not fit is cut, with an ellipsis. */
  String draw(int width, Style style) {
    StringBuilder drawn = new StringBuilder();
    int left = width;
    boolean fits = columns() <= width;
    for (Piece piece : pieces) {
      int next = Columns.of(piece.text());
      boolean cut = next > left || !fits && next == left;
      String text = cut ? Columns.fit(piece.text() + "…", left) : piece.text();
      drawn.append(style.draw(text, piece.tint()));
      left -= Columns.of(text);
      if (cut) {
        break;
      }
    }
    return drawn.toString().stripTrailing();
  }

  static String draw(List<Line> lines, int width, Style style) {
    StringBuilder drawn = new StringBuilder();
    lines.forEach(line -> drawn.append(line.draw(width, style)).append('\n'));
    return drawn.toString();
  }
}
