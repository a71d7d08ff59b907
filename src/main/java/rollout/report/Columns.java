package rollout.report;

/** How many columns of a terminal a text takes. */
final class Columns {
  private Columns() {}

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** 0 for a mark that sits on the letter before it, 2 for a wide letter, else 1. */
  static int of(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(point) ? 2 : 1;
  }

  /** As much of the text as fits; what was cut is marked with an ellipsis. */
  static String fit(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    return columns <= 0 ? "" : head(text, columns - 1) + "…";
  }

  /** The longest beginning of the text that takes no more columns than these. */
  static String head(String text, int columns) {
    int used = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      used += of(point);
      if (used > columns) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  /** The text with blanks after it up to this many columns. */
  static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /** East Asian wide and full-width letters, and the pictures of the emoji planes. */
  private static boolean isWide(int point) {
    return point >= 0x1100 && point <= 0x115F
        || point >= 0x231A && point <= 0x231B
        || point >= 0x2E80 && point <= 0xA4CF
        || point >= 0xAC00 && point <= 0xD7A3
        || point >= 0xF900 && point <= 0xFAFF
        || point >= 0xFE30 && point <= 0xFE6F
        || point >= 0xFF00 && point <= 0xFF60
        || point >= 0xFFE0 && point <= 0xFFE6
        || point >= 0x1F300 && point <= 0x1FAFF
        || point >= 0x20000 && point <= 0x3FFFD;
  }
}
