package rollout.report;

/** What a piece of text means; how that looks is up to {@link Style}. */
enum Tint {
  PLAIN(""),
  STRONG("1"),
  FAINT("2"),
  GOOD("32"),
  DOUBTFUL("33"),
  BAD("31");

  private final String code;

  Tint(String code) {
    this.code = code;
  }

  String paint(String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
