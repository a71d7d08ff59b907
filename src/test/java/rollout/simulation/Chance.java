package rollout.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Randomness from a seed, in the words a scenario needs. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From {@code least}, inclusive, to {@code most}, inclusive. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  /** True once in so many times. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T oneOf(List<T> many) {
    return many.get(random.nextInt(many.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... many) {
    return many[random.nextInt(many.length)];
  }
}
