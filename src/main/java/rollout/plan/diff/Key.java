package rollout.plan.diff;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * One key of a part of the plan.
 *
 * @param name as rollout.yaml calls it
 * @param value of a part
 * @param words how a value reads
 * @param loosens whether the change from the first value to the second does
 */
record Key<T, V>(
    String name, Function<T, V> value, Function<V, String> words, BiPredicate<V, V> loosens) {
  static <T> Key<T, Duration> duration(
      String name, Function<T, Duration> value, BiPredicate<Duration, Duration> loosens) {
    return new Key<>(name, value, Words::of, loosens);
  }

  static <T> Key<T, Double> number(
      String name, Function<T, Double> value, BiPredicate<Double, Double> loosens) {
    return new Key<>(name, value, Words::of, loosens);
  }

  static <T> Key<T, Long> count(
      String name, Function<T, Long> value, BiPredicate<Long, Long> loosens) {
    return new Key<>(name, value, String::valueOf, loosens);
  }

  /** A limit that may be absent. */
  static <T> Key<T, Optional<Double>> limit(
      String name, Function<T, Optional<Double>> value, BiPredicate<Double, Double> loosens) {
    return new Key<>(name, value, Words.orNone(Words::of), Loosening.ifLostOr(loosens));
  }

  /** Weaker constants stand behind stronger ones. */
  static <T, E extends Enum<E>> Key<T, E> weakening(String name, Function<T, E> value) {
    return new Key<>(name, value, Words::of, Loosening.ifLarger());
  }

  /** Stronger constants stand behind weaker ones. */
  static <T, E extends Enum<E>> Key<T, E> strengthening(String name, Function<T, E> value) {
    return new Key<>(name, value, Words::of, Loosening.ifSmaller());
  }

  /** What is asked, and where: nothing can prove another question as strict. */
  static <T> Key<T, String> asked(String name, Function<T, String> value) {
    return new Key<>(name, value, Words::quoted, Loosening.always());
  }

  /** What changed of all these keys. */
  static <T> List<Change> between(String subject, List<Key<T, ?>> keys, T before, T after) {
    return keys.stream().flatMap(key -> key.between(subject, before, after).stream()).toList();
  }

  private Optional<Change> between(String subject, T before, T after) {
    V was = value.apply(before);
    V is = value.apply(after);
    String line = subject + ": " + name + " " + words.apply(was) + " → " + words.apply(is);
    return was.equals(is) ? Optional.empty() : Optional.of(new Change(line, loosens.test(was, is)));
  }
}
