package rollout.sandbox;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import rollout.plan.Durations;

/** Reads times and steps as Prometheus' query API spells them. */
final class PrometheusTimes {
  private static final String SECONDS = "[0-9]{1,11}(\\.[0-9]{1,9})?";

  private PrometheusTimes() {}

  /**
   * Reads seconds since 1970, perhaps with a fraction, or RFC 3339.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Instant time(String text) {
    try {
      return text.matches(SECONDS) ? Instant.EPOCH.plus(seconds(text)) : Instant.parse(text);
    } catch (DateTimeParseException neither) {
      throw new IllegalArgumentException(
          "invalid parameter \"time\": cannot parse \"" + text + "\" to a valid timestamp",
          neither);
    }
  }

  /**
   * Reads seconds or a duration.
   *
   * @throws IllegalArgumentException when it is neither, or zero
   */
  static Duration step(String text) {
    Duration step = text.matches(SECONDS) ? seconds(text) : Durations.parse(text);
    if (step.isZero()) {
      throw new IllegalArgumentException(
          "zero or negative query resolution step widths are not accepted."
              + " Try a positive integer");
    }
    return step;
  }

  private static Duration seconds(String text) {
    BigDecimal seconds = new BigDecimal(text);
    BigDecimal fraction = seconds.remainder(BigDecimal.ONE);
    return Duration.ofSeconds(seconds.longValue(), fraction.movePointRight(9).longValue());
  }
}
