package rollout.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much room the terminal has, now: people change it while a rollout is shown. */
public interface Screen {
  /** What is taken for granted when the terminal does not tell. */
  Size USUAL = new Size(80, 24);

  /** The room there is. */
  Size size();

  /** So many columns, so many rows. */
  record Size(int columns, int rows) {}

  /** The terminal this process was started from; asked at most once a second. */
  static Screen ofTerminal(LongSupplier nanoTime) {
    return new Screen() {
      private static final long FRESH_NANOS = 1_000_000_000L;

      private Size known = measure();
      private long knownAt = nanoTime.getAsLong();

      @Override
      public synchronized Size size() {
        if (nanoTime.getAsLong() - knownAt > FRESH_NANOS) {
          known = measure();
          knownAt = nanoTime.getAsLong();
        }
        return known;
      }
    };
  }

  /** Java has no call for it; {@code stty} is on every system that has terminals. */
  private static Size measure() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      try (BufferedReader answer = stty.inputReader()) {
        return parse(String.valueOf(answer.readLine()));
      }
    } catch (IOException unknown) {
      return USUAL;
    }
  }

  private static Size parse(String answer) {
    Matcher matcher =
        Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})").matcher(answer.strip());
    return matcher.matches()
        ? new Size(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1)))
        : USUAL;
  }
}
