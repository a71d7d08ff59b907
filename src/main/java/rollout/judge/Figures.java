package rollout.judge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people read them in the reason of a verdict. */
final class Figures {
  private static final int FEWEST_DIGITS = 2;
  private static final int MOST_DIGITS = 9;

  private Figures() {}

  /** A share with two significant digits or more: {@code 3.1%}, {@code 0.012%}, {@code 123%}. */
  static String percent(double share) {
    return percent(share, FEWEST_DIGITS);
  }

  /** A plain number: {@code 0.31}, {@code 1,250}. */
  static String number(double value) {
    return plain(value, FEWEST_DIGITS);
  }

  /** How often something happened; rates make fractions of it: {@code 31}, {@code 2.1}. */
  static String count(double value) {
    return grouped(BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP));
  }

  /** A count that falls short of a floor and must not be rounded up to it. */
  static String countShort(double value) {
    return grouped(BigDecimal.valueOf(value).setScale(1, RoundingMode.DOWN));
  }

  /**
   * A number and its limit, with as many digits as it takes to tell them apart.
   *
   * @param value two significant digits or more
   */
  record Pair(String value, String limit) {}

  /** Two shares. */
  static Pair percents(double share, double limit) {
    return pair(share, limit, Figures::percent);
  }

  /** Two plain numbers. */
  static Pair numbers(double value, double limit) {
    return pair(value, limit, Figures::plain);
  }

  private static Pair pair(double value, double limit, Format format) {
    for (int digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits++) {
      Pair pair = new Pair(format.of(value, digits), format.of(limit, digits));
      if (!pair.value().equals(pair.limit())) {
        return pair;
      }
    }
    return new Pair(format.of(value, FEWEST_DIGITS), format.of(limit, FEWEST_DIGITS));
  }

  private interface Format {
    String of(double value, int digits);
  }

  private static String percent(double share, int digits) {
    return plain(share * 100, digits) + "%";
  }

  private static String plain(double value, int digits) {
    BigDecimal exact = BigDecimal.valueOf(value);
    int whole = exact.precision() - exact.scale();
    return grouped(exact.round(new MathContext(Math.max(digits, whole), RoundingMode.HALF_UP)));
  }

  /** By hand: a {@link java.util.Formatter} would cost more than all the rest of a verdict. */
  private static String grouped(BigDecimal value) {
    StringBuilder text = new StringBuilder(value.stripTrailingZeros().toPlainString());
    int point = text.indexOf(".");
    int first = value.signum() < 0 ? 1 : 0;
    for (int i = (point < 0 ? text.length() : point) - 3; i > first; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }
}
