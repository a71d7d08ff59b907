package rollout.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers for people: three significant digits at most, whole digits never cut. */
final class Numbers {
  private static final int DIGITS = 3;

  private Numbers() {}

  /**
   * How a number is to be read.
   *
   * <p>{@code SHARE}: a fraction of one, shown in per cent; {@code PLAIN}: as it is.
   */
  enum Unit {
    SHARE,
    PLAIN
  }

  /** {@code 0.123%} for a share, {@code 1,250} or {@code 0.512} otherwise; NaN and ∞ as words. */
  static String text(double value, Unit unit) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    return unit == Unit.SHARE ? plain(value * 100) + "%" : plain(value);
  }

  static String plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    int whole = exact.precision() - exact.scale();
    BigDecimal rounded =
        exact
            .round(new MathContext(Math.max(DIGITS, whole), RoundingMode.HALF_UP))
            .stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
