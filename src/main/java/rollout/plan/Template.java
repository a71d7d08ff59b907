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
    /** Lucene's search: values are one term, or stand inside double quotes. */
    LUCENE,
    /** Alertmanager's matchers: values stand inside double quotes. */
    MATCHER,
    /** The name of an index, or a pattern of names. */
    INDEX,
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
   * The first placeholder that stands outside quotes in a language where no escaping could keep its
   * value from changing the query; {@code {{window}}} may, in PromQL.
   */
  public static Optional<String> unquotedPlaceholder(String template, Language language) {
    if (language != Language.PROMQL && language != Language.MATCHER) {
      return Optional.empty();
    }
    Matcher matcher = PLACEHOLDER.matcher(template);
    while (matcher.find()) {
      boolean bare = Quotes.at(template, matcher.start(), language) == 0;
      if (bare && !(language == Language.PROMQL && matcher.group(1).equals(WINDOW))) {
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
      char quote = Quotes.at(template, matcher.start(), language);
      matcher.appendReplacement(
          filled, Matcher.quoteReplacement(escape(name, value, language, quote)));
    }
    return matcher.appendTail(filled).toString();
  }

  private static String escape(String name, String value, Language language, char quote) {
    return switch (language) {
      case PLAIN -> value;
      case SENTRY_SEARCH -> only("[\\p{L}\\p{N}_./@:+-]*", name, value, "change a Sentry search");
      case INDEX -> only("[A-Za-z0-9._-]*", name, value, "name another index");
      case LUCENE -> LuceneTerm.escape(name, value, quote);
      case MATCHER -> Quotes.escape(name, value, quote);
      case PROMQL -> name.equals(WINDOW) ? value : Quotes.escape(name, value, quote);
    };
  }

  private static String only(String harmless, String name, String value, String otherwise) {
    if (!value.matches(harmless)) {
      throw new IllegalArgumentException(
          "the value of {{"
              + name
              + "}}, \""
              + value
              + "\", has characters that would "
              + otherwise);
    }
    return value;
  }
}
