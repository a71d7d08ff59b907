package rollout.sandbox;

import java.util.Map;

/**
 * One series' value.
 *
 * @param labels empty for an aggregate
 */
record Sample(Map<String, String> labels, double value) {
  /** A number without labels. */
  static Sample of(double value) {
    return new Sample(Map.of(), value);
  }
}
