package rollout.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** A text that is drawn over what it said before, as far as the terminal has room. */
final class Picture {
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final Optional<Screen> screen;
  private int lines;

  /**
   * @param screen empty where nothing can be drawn over: then each text stands below the last
   */
  Picture(PrintWriter out, Optional<Screen> screen) {
    this.out = out;
    this.screen = screen;
  }

  /** Whether anything was drawn that the next text is drawn over. */
  boolean isDrawn() {
    return lines > 0;
  }

  /** What stands there stays; the next text begins below it. */
  void leave() {
    lines = 0;
  }

  /**
   * Draws a text.
   *
   * @param last it is the last one, and left there whole
   */
  void draw(String text, boolean last) {
    if (screen.isEmpty()) {
      out.print(text);
    } else {
      out.print(over(text, last ? Integer.MAX_VALUE : screen.get().size().rows() - 1));
    }
    out.flush();
  }

  private String over(String text, int room) {
    List<String> shown = text.lines().limit(Math.max(1, room)).toList();
    StringBuilder drawn = new StringBuilder();
    if (lines > 0) {
      drawn.append("\u001b[").append(lines).append("A\r");
    }
    shown.forEach(line -> drawn.append(line).append(CLEAR_LINE).append('\n'));
    lines = shown.size();
    return drawn.append(CLEAR_BELOW).toString();
  }
}
