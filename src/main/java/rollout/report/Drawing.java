package rollout.report;

import java.util.List;
import java.util.Optional;

/** Small pictures made of letters. */
final class Drawing {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final char FULL = '█';
  private static final char EMPTY = '░';

  private Drawing() {}

  /** So much of {@code columns} filled as {@code share}, 0 to 1, says. */
  static String bar(double share, int columns) {
    int filled = (int) Math.floor(Math.max(0, Math.min(1, share)) * columns);
    return String.valueOf(FULL).repeat(filled) + String.valueOf(EMPTY).repeat(columns - filled);
  }

  /**
   * The last values, as many as fit, from zero to the largest of them and the limit; what is no
   * number is left blank.
   */
  static String sparkline(List<Double> values, Optional<Double> limit, int columns) {
    List<Double> shown = values.subList(Math.max(0, values.size() - columns), values.size());
    double top =
        Math.max(
            limit.filter(Double::isFinite).orElse(0.0),
            shown.stream().filter(Double::isFinite).mapToDouble(one -> one).max().orElse(0));
    StringBuilder line = new StringBuilder();
    shown.forEach(value -> line.append(level(value, top)));
    return line.toString();
  }

  private static char level(double value, double top) {
    if (!Double.isFinite(value)) {
      return ' ';
    }
    double share = top > 0 ? Math.max(0, value) / top : 0;
    return LEVELS.charAt((int) Math.round(share * (LEVELS.length() - 1)));
  }
}
