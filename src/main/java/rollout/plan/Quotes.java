package rollout.plan;

/** Strings inside a query: where they begin and end, and how a value is kept inside one. */
final class Quotes {
  private Quotes() {}

  /** The quote sign that is open at this index of a template, or 0. */
  static char at(String template, int index, Template.Language language) {
    String quotes =
        switch (language) {
          case PROMQL -> "\"'`";
          case LUCENE -> "\"/";
          case MATCHER -> "\"";
          case SENTRY_SEARCH, INDEX, PLAIN -> "";
        };
    char open = 0;
    for (int i = 0; i < index; i++) {
      char c = template.charAt(i);
      boolean escapes = open == 0 ? language == Template.Language.LUCENE : open != '`';
      if (c == '\\' && escapes) {
        i++;
      } else if (open == 0 && quotes.indexOf(c) >= 0) {
        open = c;
      } else if (c == open) {
        open = 0;
      }
    }
    return open;
  }

  /**
   * A value for a place inside quotes.
   *
   * @param quote the sign that is open there, 0 for none
   * @throws IllegalArgumentException when no escaping can keep it inside
   */
  static String escape(String name, String value, char quote) {
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
}
