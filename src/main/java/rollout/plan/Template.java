package rollout.plan;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {{name}}} into a text, escaping each value for the place it stands in. A value can
 * never end the string it stands in.
 */
public final class Template {
  /** The placeholder for the window of a look, as a PromQL duration. */
  public static final String WINDOW = "window";

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*}}");

  /** What the text around a placeholder is written in. */
  public enum Language {
    /** PromQL: values stand inside quotes and are escaped for them. */
    PROMQL,
    /** Sentry's issue search: values are one search term. */
    SENTRY_SEARCH,
    /** No language: values are put in as they are. */
    PLAIN
  }

  private Template() {}

  /** The names between double braces, in the order they appear. */
  public static Set<String> placeholders(String template) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = PLACEHOLDER.matcher(template);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /**
   * The first placeholder but {@code {{window}}} that stands outside quotes in a PromQL template,
   * where no escaping could keep its value from changing the query.
   */
  public static Optional<String> unquotedPlaceholder(String promql) {
    Matcher matcher = PLACEHOLDER.matcher(promql);
    while (matcher.find()) {
      boolean bare = quoteAt(promql, matcher.start()) == 0;
      if (bare && !matcher.group(1).equals(WINDOW)) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  /**
   * Fills in every placeholder.
   *
   * @throws IllegalArgumentException when a name has no value or a value cannot be written there
   */
  public static String render(String template, Map<String, String> values, Language language) {
    Matcher matcher = PLACEHOLDER.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("nothing fills {{" + name + "}} in: " + template);
      }
      char quote = quoteAt(template, matcher.start());
      matcher.appendReplacement(
          filled, Matcher.quoteReplacement(escape(name, value, language, quote)));
    }
    return matcher.appendTail(filled).toString();
  }

  private static String escape(String name, String value, Language language, char quote) {
    return switch (language) {
      case PLAIN -> value;
      case SENTRY_SEARCH -> searchTerm(name, value);
      case PROMQL -> name.equals(WINDOW) ? value : promqlString(name, value, quote);
    };
  }

  private static String promqlString(String name, String value, char quote) {
    if (quote == 0 || (quote == '`' && value.indexOf('`') >= 0)) {
      throw new IllegalArgumentException(
          "the value of {{" + name + "}} cannot be written there; put it between double quotes");
    }
    if (quote == '`') {
      return value;
    }
    return value
        .replace("\\", "\\\\")
        .replace(String.valueOf(quote), "\\" + quote)
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String searchTerm(String name, String value) {
    if (!value.matches("[\\p{L}\\p{N}_./@:+-]*")) {
      throw new IllegalArgumentException(
          "the value of {{"
              + name
              + "}}, \""
              + value
              + "\", has characters that would change a Sentry search");
    }
    return value;
  }

  /** The quote sign that is open at this index of a PromQL text, or 0. */
  private static char quoteAt(String text, int index) {
    char open = 0;
    for (int i = 0; i < index; i++) {
      char c = text.charAt(i);
      if (open != 0 && c == '\\' && open != '`') {
        i++;
      } else if (open == 0 && (c == '"' || c == '\'' || c == '`')) {
        open = c;
      } else if (c == open) {
        open = 0;
      }
    }
    return open;
  }
}
