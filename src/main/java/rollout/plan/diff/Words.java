package rollout.plan.diff;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import rollout.plan.Durations;

/** Values as rollout.yaml spells them. */
final class Words {
  private Words() {}

  static String of(Duration duration) {
    return Durations.format(duration);
  }

  static String of(double number) {
    return Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : String.valueOf(number);
  }

  static String share(double ratio) {
    return Double.isFinite(ratio)
        ? plain(BigDecimal.valueOf(ratio).movePointRight(2)) + "%"
        : String.valueOf(ratio);
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** On one line, between quotes. */
  static String quoted(String text) {
    return "\"" + text.strip().replaceAll("\\s+", " ") + "\"";
  }

  static <V> Function<Optional<V>, String> orNone(Function<V, String> words) {
    return value -> value.map(words).orElse("none");
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
