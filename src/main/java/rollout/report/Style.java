package rollout.report;

/**
 * What a terminal can show.
 *
 * @param colour ANSI colours are understood
 * @param unicode symbols beyond ASCII are understood; without them each is drawn as one ASCII sign
 */
public record Style(boolean colour, boolean unicode) {
  /** No colours, every symbol: what a file or a test wants. */
  public static final Style PLAIN = new Style(false, true);

  private static final String FANCY = "✔●○✖▲◌█░▁▂▃▄▅▆▇·…×→–";
  private static final String SIMPLE = "+>.x!?#-_.:-=+*|~x>-";

  String draw(String text, Tint tint) {
    String shown = unicode ? text : simple(text);
    return colour ? tint.paint(shown) : shown;
  }

  private static String simple(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(point -> plain.appendCodePoint(simple(point)));
    return plain.toString();
  }

  private static int simple(int point) {
    int index = FANCY.indexOf(point);
    if (index >= 0) {
      return SIMPLE.charAt(index);
    }
    return point < 0x7F ? point : '?';
  }
}
