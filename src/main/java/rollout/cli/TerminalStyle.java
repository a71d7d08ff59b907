package rollout.cli;

import java.util.Locale;
import rollout.report.Frame;
import rollout.report.Style;

/** What the terminal can show, and what the user wants of it. */
final class TerminalStyle {
  private TerminalStyle() {}

  static Style style(Session session) {
    boolean unicode =
        session
            .machine()
            .variable("LC_ALL")
            .or(() -> session.machine().variable("LC_CTYPE"))
            .or(() -> session.machine().variable("LANG"))
            .map(locale -> locale.toUpperCase(Locale.ROOT))
            .map(locale -> locale.contains("UTF-8") || locale.contains("UTF8"))
            .orElse(false);
    boolean colour =
        switch (session.options().color) {
          case always -> true;
          case never -> false;
          case auto ->
              session.machine().screen().isPresent()
                  && session.machine().variable("NO_COLOR").isEmpty()
                  && session.machine().variable("TERM").filter("dumb"::equals).isEmpty();
        };
    return new Style(colour, unicode, session.invocation());
  }

  /** For tables: as wide as the terminal, and never cut where there is none. */
  static int tableWidth(Session session) {
    return session.machine().screen().map(screen -> width(session)).orElse(0);
  }

  static int width(Session session) {
    int columns =
        session
            .machine()
            .screen()
            .map(screen -> screen.size().columns())
            .orElse(Frame.DEFAULT_WIDTH);
    return Math.max(Frame.NARROWEST, columns);
  }
}
