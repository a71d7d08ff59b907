package rollout.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations as rollout.yaml and PromQL spell them. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)");
  private static final Map<String, Long> MILLIS =
      Map.of(
          "ms",
          1L,
          "s",
          1_000L,
          "m",
          60_000L,
          "h",
          3_600_000L,
          "d",
          86_400_000L,
          "w",
          604_800_000L);
  private static final List<String> LARGEST_FIRST = List.of("d", "h", "m", "s");

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}.
   *
   * @throws IllegalArgumentException for any other form, or above 1000 days
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no duration; write a whole number and ms, s, m, h or d, as in 15m");
    }
    BigDecimal millis =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(matcher.group(2))));
    if (millis.compareTo(BigDecimal.valueOf(Duration.ofDays(1000).toMillis())) > 0) {
      throw new IllegalArgumentException("\"" + text + "\" is longer than 1000 days");
    }
    return Duration.ofMillis(millis.longValueExact());
  }

  /** One number and one unit, exact to the millisecond: {@code 5m}, {@code 90s}, {@code 1500ms}. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    return LARGEST_FIRST.stream()
        .filter(unit -> millis % MILLIS.get(unit) == 0)
        .findFirst()
        .map(unit -> millis / MILLIS.get(unit) + unit)
        .orElse(millis + "ms");
  }

  /** For people, two units at most: {@code 6d 4h}, {@code 2h 5m}, {@code 42s}, {@code 0.3s}. */
  public static String words(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10 && duration.toMillis() % 1000 != 0) {
      return BigDecimal.valueOf(duration.toMillis() / 100, 1).toPlainString() + "s";
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return two(seconds, 60, "m", 1, "s");
    }
    return seconds < 86_400
        ? two(seconds, 3600, "h", 60, "m")
        : two(seconds, 86_400, "d", 3600, "h");
  }

  private static String two(long seconds, long large, String first, long small, String second) {
    long rest = seconds % large / small;
    return seconds / large + first + (rest == 0 ? "" : " " + rest + second);
  }
}
