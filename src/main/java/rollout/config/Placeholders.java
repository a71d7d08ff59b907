package rollout.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What stands between double braces. */
final class Placeholders {
  /** Names that this program fills itself. */
  static final Set<String> OWN = Set.of("flag", "feature", "window", "route");

  static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*" + NAME + "\\s*}}");

  private Placeholders() {}

  /** What is wrong with a {@code {{} that begins no placeholder. */
  static Optional<String> malformed(String template) {
    String rest = REFERENCE.matcher(template).replaceAll("");
    return rest.contains("{{")
        ? Optional.of("\"{{\" begins no placeholder here; write it as {{name}}")
        : Optional.empty();
  }
}
