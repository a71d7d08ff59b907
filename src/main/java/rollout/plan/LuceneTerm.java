package rollout.plan;

/** Writes a value into a Lucene search so that it stays one term, or part of one. */
final class LuceneTerm {
  private static final String SPECIAL = "+-=&|!(){}[]^\"~*?:\\/";

  private LuceneTerm() {}

  /**
   * The value as it may stand there.
   *
   * @param quote the sign that is open there: a double quote, a slash (a regular expression), 0
   * @throws IllegalArgumentException when it cannot be written there
   */
  static String escape(String name, String value, char quote) {
    boolean harmless = value.matches("[\\p{L}\\p{N}_]*");
    if (value.chars().anyMatch(Character::isISOControl)
        || quote == '/' && !harmless
        || quote == 0 && (value.isEmpty() || value.matches(".*[<>].*"))) {
      throw new IllegalArgumentException(
          "the value of {{" + name + "}} cannot be written there; put it between double quotes");
    }
    if (quote == '"') {
      return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }
    if (harmless) {
      return value.matches("AND|OR|NOT|TO") ? "\\" + value : value;
    }
    StringBuilder term = new StringBuilder();
    for (char c : value.toCharArray()) {
      term.append(SPECIAL.indexOf(c) >= 0 || c == ' ' ? "\\" : "").append(c);
    }
    return term.toString();
  }
}
