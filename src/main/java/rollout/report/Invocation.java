package rollout.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How this program was called. Every line that people are to copy is made here, so that it works as
 * it stands: in their shell, with their spelling, on the same state and the same plan.
 *
 * @param program as it was typed, such as {@code ./rollout}
 * @param options what the next command needs too, word for word; no secrets
 */
public record Invocation(String program, List<String> options) {
  /** Found on the path, with nothing said of state and plan. */
  public static final Invocation PLAIN = new Invocation("rollout", List.of());

  private static final String HARMLESS = "[A-Za-z0-9_@%+=:,./-]+";

  public Invocation {
    options = List.copyOf(options);
  }

  /** A command to copy. */
  public String line(String... words) {
    List<String> all = new ArrayList<>(List.of(program));
    all.addAll(List.of(words));
    all.addAll(options);
    return String.join(" ", all.stream().map(Invocation::quoted).toList());
  }

  private static String quoted(String word) {
    return word.matches(HARMLESS) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
