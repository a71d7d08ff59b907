package rollout.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A share of an environment between 0 % and 100 %, exact to three decimals.
 *
 * <p>Three decimals because GitLab hashes actors into 100 000 buckets; a fourth would not change
 * who sees the flag.
 *
 * @param thousandths the share in thousandths of a per cent, 0 to 100 000
 */
public record Percentage(int thousandths) implements Comparable<Percentage> {
  /** Nobody. */
  public static final Percentage ZERO = new Percentage(0);

  /** Everybody. */
  public static final Percentage HUNDRED = new Percentage(100_000);

  /**
   * @throws IllegalArgumentException outside 0 to 100 000
   */
  public Percentage {
    if (thousandths < 0 || thousandths > 100_000) {
      throw new IllegalArgumentException(
          thousandths + " thousandths of a per cent is not between 0 and 100 000");
    }
  }

  /**
   * The percentage a plain number of per cent stands for.
   *
   * @param percent such as {@code 5} or {@code 0.125}
   * @throws IllegalArgumentException below 0, above 100, or with more than three decimals
   */
  public static Percentage of(BigDecimal percent) {
    BigDecimal scaled =
        percent.movePointRight(3).setScale(3, RoundingMode.DOWN).stripTrailingZeros();
    if (scaled.scale() > 0 || percent.stripTrailingZeros().scale() > 3) {
      throw new IllegalArgumentException(
          percent.toPlainString() + "% has more than three decimals");
    }
    if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException(percent.toPlainString() + "% is not between 0% and 100%");
    }
    return new Percentage(scaled.intValueExact());
  }

  /**
   * Reads {@code 5%}, {@code 0.1%}, {@code 100%}.
   *
   * @throws IllegalArgumentException without the {@code %} sign or when it is no percentage
   */
  public static Percentage parse(String text) {
    String trimmed = text.strip();
    if (!trimmed.endsWith("%")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has no % sign; write it as " + trimmed + "%");
    }
    String number = trimmed.substring(0, trimmed.length() - 1).strip();
    if (!number.matches("[0-9]{1,3}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException("\"" + text + "\" is not a percentage such as 5% or 0.1%");
    }
    return of(new BigDecimal(number));
  }

  /** The share as a fraction of one, 0.0 to 1.0. */
  public double fraction() {
    return thousandths / 100_000.0;
  }

  /** The number of per cent as GitLab's form field wants it: plain decimal, no sign, no zeros. */
  public String number() {
    BigDecimal percent = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros();
    return percent.toPlainString();
  }

  @Override
  public int compareTo(Percentage other) {
    return Integer.compare(thousandths, other.thousandths);
  }

  @Override
  public String toString() {
    return number() + "%";
  }
}
