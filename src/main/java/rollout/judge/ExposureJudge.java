package rollout.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rollout.plan.Exposure;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Role;

/**
 * Compares how often the flag was answered "enabled" with how often it should have been. A FAIL
 * says that the flag does not do what it was set to: a reason to stop, never one to roll back.
 */
public final class ExposureJudge {
  /** Fewer checks than this are not judged. */
  static final double ENOUGH_CHECKS = 1000;

  /** Rails asks for a repository, a user, a project and a group: one yes of four is a yes. */
  private static final int GITALY_ACTORS = 4;

  private static final String YES = "true";
  private static final String NO = "false";

  private ExposureJudge() {}

  /**
   * What one measurement says.
   *
   * @param target the exposure that was set
   * @param measurement its {@link Role#CHECKS} is a series by {@code enabled}
   */
  public static Verdict judge(
      ExposureCheck check, FlagName flag, Exposure target, Measurement measurement) {
    return Evidence.unasked(measurement)
        .or(() -> flaw(measurement))
        .orElseGet(() -> counted(check, flag, target, measurement));
  }

  private static Optional<Verdict> flaw(Measurement measurement) {
    Reading reading = measurement.readings().get(Role.CHECKS);
    if (reading instanceof Reading.NoData) {
      return Optional.of(Evidence.noData("nobody checked the flag", measurement));
    }
    if (!(reading instanceof Reading.Series series)) {
      return Optional.of(Evidence.unusable(Role.CHECKS, reading, measurement));
    }
    if (!Set.of(YES, NO).containsAll(series.values().keySet())) {
      return Optional.of(
          Evidence.error(
              "checks: the answer has series whose \"enabled\" is neither true nor false; write the"
                  + " query as sum by (enabled) (…)",
              measurement));
    }
    return series.values().values().stream()
        .map(
            value ->
                Evidence.numberFlaw(Role.CHECKS, value, measurement)
                    .or(() -> Evidence.negative("checks", value, measurement)))
        .reduce(Optional.empty(), Evidence::worst);
  }

  private static Verdict counted(
      ExposureCheck check, FlagName flag, Exposure target, Measurement measurement) {
    Map<String, Double> answers =
        ((Reading.Series) measurement.readings().get(Role.CHECKS)).values();
    double enabled = answers.getOrDefault(YES, 0.0);
    double checks = enabled + answers.getOrDefault(NO, 0.0);
    if (checks == 0) {
      return Evidence.noData("nobody checked the flag", measurement);
    }
    if (enabled == 0) {
      return new Verdict(
          Verdict.Kind.INCONCLUSIVE,
          "nobody used it: 0 of "
              + Figures.count(checks)
              + " checks enabled, target "
              + target.share(),
          Optional.of(0.0),
          Optional.of(target.share().fraction()),
          false,
          List.of(measurement));
    }
    return held(Band.of(flag, target), check.tolerate(), enabled, checks, measurement);
  }

  private static Verdict held(
      Band band, double tolerate, double enabled, double checks, Measurement measurement) {
    double share = enabled / checks;
    boolean low = share < band.low();
    double limit = low ? band.low() / tolerate : Math.min(1, band.high() * tolerate);
    boolean outside = low ? share < limit : share > limit;
    boolean enough = checks >= ENOUGH_CHECKS;
    Figures.Pair figures = Figures.percents(share, limit);
    String reason =
        figures.value()
            + " enabled ("
            + Figures.count(enabled)
            + " of "
            + Figures.count(checks)
            + " checks), target "
            + band
            + ", limit "
            + figures.limit()
            + (enough ? "" : ", not judged below " + Figures.count(ENOUGH_CHECKS) + " checks");
    return Verdict.on(outside && enough, reason, share, limit, measurement);
  }

  /** The shares that a target may look like. */
  private record Band(Exposure target, double low, double high) {
    static Band of(FlagName flag, Exposure target) {
      double share = target.share().fraction();
      return new Band(
          target, share, flag.isGitaly() ? 1 - Math.pow(1 - share, GITALY_ACTORS) : share);
    }

    @Override
    public String toString() {
      return target.share() + (high > low ? " (up to " + Figures.percent(high) + " of calls)" : "");
    }
  }
}
