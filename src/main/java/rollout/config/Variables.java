package rollout.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds {@code ${NAME}}, a variable of the process's environment, in a text. */
final class Variables {
  static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private Variables() {}

  /** The names, in the order they appear. */
  static Stream<String> in(String text) {
    return REFERENCE.matcher(text).results().map(found -> found.group(1));
  }

  /** What is wrong with a {@code ${} that begins no variable. */
  static Optional<String> malformed(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    return matcher.replaceAll("").contains("${")
        ? Optional.of("\"${\" begins no variable here; write it as \"${NAME}\"")
        : Optional.empty();
  }
}
