package rollout.sandbox;

/** Randomness without state: the same seed and place always give the same number. */
final class Noise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Noise() {}

  /** A number between -1 and 1 (SplitMix64's finaliser over seed and place). */
  static double at(long seed, long place) {
    long bits = mix(seed * GOLDEN + mix(place + GOLDEN));
    return (bits >> 11) * 0x1.0p-52;
  }

  /** A seed of its own for a part of the world. */
  static long seed(long seed, String part) {
    return mix(seed ^ mix(part.hashCode() * GOLDEN));
  }

  private static long mix(long bits) {
    long a = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
