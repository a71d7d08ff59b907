package rollout.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import rollout.plan.Origin;

/** Gathers what is wrong with one file; the same thing at the same place is said once. */
final class Problems {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.<Problem>comparingInt(problem -> problem.origin().line())
          .thenComparingInt(problem -> problem.origin().column())
          .thenComparing(Problem::severity)
          .thenComparing(Problem::message);

  private static final int LONGEST_MESSAGE = 600;

  /** Kinds of characters that move the cursor, hide, or turn the text around. */
  private static final Set<Integer> UNSEEN =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.SURROGATE,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

  private final Set<Problem> found = new LinkedHashSet<>();

  void error(Origin origin, String message) {
    add(Severity.ERROR, origin, message);
  }

  void unsupported(Origin origin, String what) {
    add(Severity.UNSUPPORTED, origin, what + ": not supported yet, so this plan cannot be driven");
  }

  void warning(Origin origin, String message) {
    add(Severity.WARNING, origin, message);
  }

  /** What a file says reaches a terminal as one line that cannot move the cursor. */
  private void add(Severity severity, Origin origin, String message) {
    StringBuilder line = new StringBuilder();
    message.codePoints().limit(LONGEST_MESSAGE).forEach(point -> append(line, point));
    found.add(new Problem(severity, origin, line.toString()));
  }

  private static void append(StringBuilder line, int point) {
    if (UNSEEN.contains(Character.getType(point))) {
      line.append(String.format("\\u%04X", point));
    } else {
      line.appendCodePoint(point);
    }
  }

  int size() {
    return found.size();
  }

  boolean hasErrors() {
    return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
  }

  List<Problem> sorted() {
    return found.stream().sorted(BY_PLACE).toList();
  }
}
