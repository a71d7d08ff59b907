package rollout.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import rollout.plan.Durations;

/** Compares a server's clock with ours: a window is only as right as both. */
public final class ClockSkew {
  /** HTTP tells whole seconds, and the answer was on its way. */
  private static final Duration USUAL = Duration.ofSeconds(5);

  private static final Duration TOO_MUCH = Duration.ofSeconds(30);

  private ClockSkew() {}

  /**
   * The doctor's line.
   *
   * @param there the server's clock as it answered, if it told
   * @param here ours at that moment
   */
  public static Health.Finding finding(Optional<Instant> there, Instant here) {
    if (there.isEmpty()) {
      return new Health.Finding(
          Health.Wellness.DOUBTFUL, "clock", "the server does not tell its time");
    }
    Duration ahead = Duration.between(here, there.get());
    if (ahead.abs().compareTo(USUAL) <= 0) {
      return new Health.Finding(Health.Wellness.WELL, "clock", "agrees with ours");
    }
    return new Health.Finding(
        ahead.abs().compareTo(TOO_MUCH) <= 0 ? Health.Wellness.DOUBTFUL : Health.Wellness.ILL,
        "clock",
        "the server's is "
            + Durations.words(ahead.abs())
            + (ahead.isNegative() ? " behind" : " ahead of")
            + " ours; set the one that is wrong by NTP");
  }
}
