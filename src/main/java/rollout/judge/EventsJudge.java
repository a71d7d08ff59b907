package rollout.judge;

import java.util.List;
import java.util.Optional;
import rollout.plan.Check;
import rollout.plan.Durations;
import rollout.plan.Role;

/** Holds a count of events against a number, or against the same window some time before. */
final class EventsJudge {
  private EventsJudge() {}

  static Verdict judge(Check.Events check, Measurement measurement) {
    Optional<Verdict> flaw = Evidence.countFlaw(Role.VALUE, measurement);
    if (check.maxRatioToBaseline().isEmpty()) {
      return flaw.orElseGet(() -> above(check, check.max().orElseThrow(), measurement));
    }
    return Evidence.worst(flaw, Evidence.countFlaw(Role.BASELINE, measurement))
        .orElseGet(() -> against(check, check.maxRatioToBaseline().get(), measurement));
  }

  private static Verdict above(Check.Events check, double max, Measurement measurement) {
    double events = Evidence.number(Role.VALUE, measurement);
    String reason = words(events) + ", limit " + Figures.number(max);
    return verdict(check, events > max, reason, Optional.of(events), max, measurement);
  }

  private static Verdict against(Check.Events check, double max, Measurement measurement) {
    double before = Evidence.number(Role.BASELINE, measurement);
    return before == 0
        ? againstNone(check, max, measurement)
        : againstSome(check, before, max, measurement);
  }

  /** Nothing can be divided by none: any event is beyond every multiple, and there is no number. */
  private static Verdict againstNone(Check.Events check, double max, Measurement measurement) {
    double events = Evidence.number(Role.VALUE, measurement);
    String reason = compared(check, events, 0) + ", limit " + Figures.number(max) + "×";
    return verdict(check, events > 0, reason, Optional.empty(), max, measurement);
  }

  private static Verdict againstSome(
      Check.Events check, double before, double max, Measurement measurement) {
    double events = Evidence.number(Role.VALUE, measurement);
    double ratio = events / before;
    Figures.Pair figures = Figures.numbers(ratio, max);
    String reason =
        compared(check, events, before)
            + " ("
            + figures.value()
            + "×), limit "
            + figures.limit()
            + "×";
    return verdict(check, ratio > max, reason, Optional.of(ratio), max, measurement);
  }

  private static Verdict verdict(
      Check.Events check,
      boolean above,
      String reason,
      Optional<Double> value,
      double max,
      Measurement measurement) {
    boolean enough = Evidence.number(Role.VALUE, measurement) >= check.minEvents();
    String words =
        above && !enough
            ? reason + ", passed below " + Figures.count(check.minEvents()) + " events"
            : reason;
    Verdict.Kind kind = above && enough ? Verdict.Kind.FAIL : Verdict.Kind.PASS;
    return new Verdict(kind, words, value, Optional.of(max), above && enough, List.of(measurement));
  }

  private static String compared(Check.Events check, double events, double before) {
    return words(events)
        + " against "
        + Figures.count(before)
        + " in the same window "
        + Durations.words(check.baseline())
        + " before";
  }

  private static String words(double events) {
    return Figures.count(events) + (events == 1 ? " event" : " events");
  }
}
