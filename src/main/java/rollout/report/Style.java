package rollout.report;

/**
 * What a terminal can show, and how a command is typed there.
 *
 * @param colour ANSI colours are understood
 * @param unicode symbols beyond ASCII are understood; without them each is drawn as one ASCII sign
 * @param invocation how this program is called there
 */
public record Style(boolean colour, boolean unicode, Invocation invocation) {
  /** No colours, every symbol: what a file or a test wants. */
  public static final Style PLAIN = new Style(false, true, Invocation.PLAIN);

  private static final String FANCY = "✔●○✖▲◌█░▁▂▃▄▅▆▇·…×→–";
  private static final String SIMPLE = "+>.x!?#-_.:-=+*|~x>-";

  /** With this program on the path. */
  public Style(boolean colour, boolean unicode) {
    this(colour, unicode, Invocation.PLAIN);
  }

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
