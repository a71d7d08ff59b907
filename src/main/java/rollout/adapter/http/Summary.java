package rollout.adapter.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** Says in a few words what a body is, for messages: never a whole page, never more than a line. */
final class Summary {
  private static final int SHOWN = 160;
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\u0080-\u009f]");

  private Summary() {}

  static String of(HttpAnswer answer) {
    String body = answer.body();
    if (body.isBlank()) {
      return "an empty body";
    }
    return isHtml(answer) ? "an HTML page" + title(body) : "\"" + line(body) + "\"";
  }

  /** One line, shortened; what cannot be seen, or acts on a terminal, is spelled out. */
  static String line(String text) {
    String head = text.length() > 4 * SHOWN ? text.substring(0, 4 * SHOWN) : text;
    String spaced = head.replaceAll("\\s+", " ").strip();
    String flat =
        HIDDEN
            .matcher(spaced)
            .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    return flat.length() > SHOWN ? flat.substring(0, SHOWN) + "…" : flat;
  }

  private static boolean isHtml(HttpAnswer answer) {
    String start = answer.body().stripLeading().toLowerCase(Locale.ROOT);
    return answer.contentType().equals("text/html")
        || start.startsWith("<!doctype html")
        || start.startsWith("<html");
  }

  private static String title(String body) {
    String small = body.toLowerCase(Locale.ROOT);
    int from = small.indexOf("<title>");
    int to = small.indexOf("</title>", Math.max(from, 0));
    return from < 0 || to < 0 ? "" : " \"" + line(body.substring(from + 7, to)) + "\"";
  }
}
