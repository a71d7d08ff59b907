package rollout.traces;

import java.util.SplittableRandom;

/** Random numbers of the kinds that counting errors needs; the same seed gives the same ones. */
final class Dice {
  private static final double NORMAL_FROM = 60;

  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Evenly from 0 to 1. */
  double share() {
    return random.nextDouble();
  }

  /** Evenly between two numbers. */
  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Evenly between the logarithms of two numbers. */
  double scale(double low, double high) {
    return Math.exp(between(Math.log(low), Math.log(high)));
  }

  /** With mean 0 and spread 1. */
  double normal() {
    return random.nextGaussian();
  }

  /** With mean 1. */
  double exponential() {
    return -Math.log(1 - random.nextDouble());
  }

  /** How often something happens that happens {@code mean} times on average. */
  double poisson(double mean) {
    if (mean <= 0) {
      return 0;
    }
    if (mean > NORMAL_FROM) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** Poisson in clusters whose size is geometric with this mean. */
  double clustered(double mean, double size) {
    if (size <= 1) {
      return poisson(mean);
    }
    double clusters = poisson(mean / size);
    return clusters == 0 ? 0 : clusters + poisson(gamma(clusters) * (size - 1));
  }

  /** Gamma with an integer shape and scale 1. */
  private double gamma(double shape) {
    if (shape > NORMAL_FROM) {
      return Math.max(0, shape + Math.sqrt(shape) * normal());
    }
    double sum = 0;
    for (int i = 0; i < shape; i++) {
      sum += exponential();
    }
    return sum;
  }
}
