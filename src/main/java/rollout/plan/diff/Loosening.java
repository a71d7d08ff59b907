package rollout.plan.diff;

import java.util.Optional;
import java.util.function.BiPredicate;

/** Which changes of a value loosen. */
final class Loosening {
  private Loosening() {}

  static <V extends Comparable<V>> BiPredicate<V, V> ifLarger() {
    return (before, after) -> after.compareTo(before) > 0;
  }

  static <V extends Comparable<V>> BiPredicate<V, V> ifSmaller() {
    return (before, after) -> after.compareTo(before) < 0;
  }

  /** Nothing can prove that the other value is as strict. */
  static <V> BiPredicate<V, V> always() {
    return (before, after) -> true;
  }

  static <V> BiPredicate<V, V> never() {
    return (before, after) -> false;
  }

  /** For what may be absent: it loosens to lose it, and to change it so; to gain it does not. */
  static <V> BiPredicate<Optional<V>, Optional<V>> ifLostOr(BiPredicate<V, V> change) {
    return (before, after) ->
        before.isPresent() && (after.isEmpty() || change.test(before.get(), after.get()));
  }
}
