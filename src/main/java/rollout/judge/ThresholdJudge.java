package rollout.judge;

import java.util.Optional;
import rollout.plan.Check;
import rollout.plan.Role;

/**
 * Holds one look against a fixed limit. Whether a breach lasted long enough is not its business:
 * FAIL here means crossed in this look.
 */
public final class ThresholdJudge {
  private ThresholdJudge() {}

  /**
   * What one measurement says.
   *
   * @param stageMinRequests replaces the floor of a ratio, where the stage has its own
   * @return FAIL strictly beyond the limit, PASS within it, otherwise why it cannot be said
   */
  public static Verdict judge(
      Check check, Optional<Long> stageMinRequests, Measurement measurement) {
    Optional<Verdict> unasked = Evidence.unasked(measurement);
    if (unasked.isPresent()) {
      return unasked.get();
    }
    if (check instanceof Check.Ratio ratio) {
      return ratio(ratio, stageMinRequests.orElse(ratio.minRequests()), measurement);
    }
    if (check instanceof Check.Value value) {
      return Evidence.flaw(Role.VALUE, measurement).orElseGet(() -> value(value, measurement));
    }
    if (check instanceof Check.NewIssues issues) {
      return Evidence.countFlaw(Role.VALUE, measurement)
          .orElseGet(() -> newIssues(issues, measurement));
    }
    if (check instanceof Check.Events events) {
      return EventsJudge.judge(events, measurement);
    }
    if (check instanceof Check.Alerts alerts) {
      return AlertsJudge.judge(alerts, measurement);
    }
    throw new AssertionError("no judge for " + check.getClass().getName());
  }

  private static Verdict ratio(Check.Ratio check, long floor, Measurement measurement) {
    boolean silent = Evidence.isEmpty(Role.ERRORS, measurement);
    Optional<Verdict> errorsFlaw =
        silent ? Optional.empty() : Evidence.countFlaw(Role.ERRORS, measurement);
    return Evidence.worst(Evidence.countFlaw(Role.REQUESTS, measurement), errorsFlaw)
        .orElseGet(
            () ->
                // A healthy service has no error series: the requests prove that the source speaks.
                ratio(
                    check,
                    floor,
                    silent ? 0 : Evidence.number(Role.ERRORS, measurement),
                    measurement));
  }

  private static Verdict ratio(
      Check.Ratio check, long floor, double errors, Measurement measurement) {
    double requests = Evidence.number(Role.REQUESTS, measurement);
    if (requests == 0) {
      return Evidence.noData("no requests", measurement);
    }
    if (requests < floor) {
      String few = Figures.countShort(requests) + " of " + Figures.count(floor) + " requests";
      return Evidence.tooLittle(few, errors / requests, check.maxRatio(), measurement);
    }
    double share = errors / requests;
    String counts = Figures.count(errors) + " of " + Figures.count(requests) + " requests";
    Figures.Pair figures = Figures.percents(share, check.maxRatio());
    String reason = figures.value() + " errors (" + counts + "), limit " + figures.limit();
    if (share > check.maxRatio() && errors < check.minErrors()) {
      reason += ", passed below " + Figures.count(check.minErrors()) + " errors";
      return Verdict.on(false, reason, share, check.maxRatio(), measurement);
    }
    return Verdict.on(share > check.maxRatio(), reason, share, check.maxRatio(), measurement);
  }

  private static Verdict value(Check.Value check, Measurement measurement) {
    double value = Evidence.number(Role.VALUE, measurement);
    boolean low = check.min().isPresent() && (check.max().isEmpty() || value < check.min().get());
    double limit = (low ? check.min() : check.max()).orElseThrow();
    boolean breached = low ? value < limit : value > limit;
    Figures.Pair figures = Figures.numbers(value, limit);
    String reason = figures.value() + (low ? ", at least " : ", limit ") + figures.limit();
    return Verdict.on(breached, reason, value, limit, measurement);
  }

  private static Verdict newIssues(Check.NewIssues check, Measurement measurement) {
    double issues = Evidence.number(Role.VALUE, measurement);
    String reason =
        Figures.count(issues)
            + (issues == 1 ? " new issue" : " new issues")
            + ", limit "
            + Figures.number(check.max());
    return Verdict.on(issues > check.max(), reason, issues, check.max(), measurement);
  }
}
