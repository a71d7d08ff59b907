package rollout.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows whose cells stand below each other. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<Line>> rows = new ArrayList<>();

  Table head(String... titles) {
    rows.add(Arrays.stream(titles).map(title -> Line.of(title, Tint.FAINT)).toList());
    return this;
  }

  Table row(Line... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** A line of its own, whose width moves no column. */
  Table note(Line line) {
    rows.add(List.of(line));
    return this;
  }

  /** The rows, each behind this indent. */
  List<Line> lines(String indent) {
    List<Line> lines = new ArrayList<>();
    for (List<Line> row : rows) {
      Line line = Line.of(indent);
      for (int column = 0; column < row.size(); column++) {
        boolean last = column == row.size() - 1;
        line.add(last ? row.get(column) : row.get(column).padded(widest(column)).add(GAP));
      }
      lines.add(line);
    }
    return lines;
  }

  private int widest(int column) {
    return rows.stream()
        .filter(row -> row.size() > column + 1)
        .mapToInt(row -> row.get(column).columns())
        .max()
        .orElse(0);
  }
}
