package rollout.core;

/**
 * How much a comparison has seen of one environment since the stage began.
 *
 * @param requests of both arms
 * @param detectable the smallest ratio of error rates that would have been seen by now; infinite
 *     when there is none
 */
public record Seen(double requests, double detectable) {
  /** Nothing yet. */
  public static final Seen NOTHING = new Seen(0, Double.POSITIVE_INFINITY);

  /** What can be said of two environments together: what is hidden in either of them stays so. */
  Seen worst(Seen other) {
    return new Seen(Math.min(requests, other.requests), Math.max(detectable, other.detectable));
  }
}
