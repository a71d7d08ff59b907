package rollout.plan;

import java.time.Duration;

/**
 * Compares the share of flag checks that really were answered "enabled" with the share that was
 * set.
 *
 * @param source the name of a {@link Source}
 * @param query PromQL whose answer has one series for {@code enabled="true"} and one for {@code
 *     enabled="false"}
 * @param window the stretch of time one look covers
 * @param tolerate how many times outside the expected band is still fine; above 1
 */
public record ExposureCheck(String source, String query, Duration window, double tolerate) {
  /** The name under which its verdict stands among the guardrails'. */
  public static final String NAME = "exposure_check";
}
