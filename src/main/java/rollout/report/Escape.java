package rollout.report;

import java.util.Locale;

/**
 * Makes text from outside harmless to read: a title of an issue or a server's message may not move
 * the cursor, hide itself, or turn the reading direction around.
 */
public final class Escape {
  private Escape() {}

  /**
   * The text on one line, with every C0, C1, bidirectional and invisible character written as
   * {@code \}{@code uXXXX}, one escape for each UTF-16 unit.
   */
  public static String line(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (isHarmful(point)) {
                for (char unit : Character.toChars(point)) {
                  safe.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
                }
              } else {
                safe.appendCodePoint(point);
              }
            });
    return safe.toString();
  }

  private static boolean isHarmful(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBlankLetter(point);
    };
  }

  /** Letters and marks that are drawn as nothing, though Unicode does not call them format. */
  private static boolean isBlankLetter(int point) {
    return point == 0x034F
        || point == 0x115F
        || point == 0x1160
        || point == 0x3164
        || point == 0xFFA0
        || point >= 0x17B4 && point <= 0x17B5
        || point >= 0x180B && point <= 0x180F
        || point >= 0xFE00 && point <= 0xFE0F
        || point >= 0xE0100 && point <= 0xE01EF;
  }
}
