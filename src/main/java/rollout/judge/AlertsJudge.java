package rollout.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import rollout.plan.Check;
import rollout.plan.Durations;
import rollout.plan.Role;

/**
 * Holds the number of alerts that fire against a limit. All of them count, also those that fired
 * before the raise: nobody should go on into trouble, whosever it is. What they prove of the flag
 * is another question, which {@link #hasBegunSinceTheRaise} answers.
 */
public final class AlertsJudge {
  private static final int NAMED = 3;

  private AlertsJudge() {}

  static Verdict judge(Check.Alerts check, Measurement measurement) {
    Reading reading = measurement.readings().get(Role.VALUE);
    return reading instanceof Reading.Firing firing
        ? judge(check, firing, measurement)
        : Evidence.unusable(Role.VALUE, reading, measurement);
  }

  /**
   * The verdict on a look that was missed so long ago that the present proves nothing of it.
   *
   * @param age how long ago it was due
   */
  public static Verdict tooLate(Measurement measurement, Duration age) {
    String reason =
        "which alerts fired "
            + Durations.words(age)
            + " ago cannot be asked any more: the source knows only the present";
    return Verdict.of(Verdict.Kind.NO_DATA, reason, measurement);
  }

  private static Verdict judge(Check.Alerts check, Reading.Firing firing, Measurement measurement) {
    String reason =
        Figures.count(firing.count())
            + (firing.count() == 1 ? " alert fires" : " alerts fire")
            + names(firing, measurement.window().from())
            + ", limit "
            + Figures.number(check.max());
    return Verdict.on(
        firing.count() > check.max(), reason, firing.count(), check.max(), measurement);
  }

  /** Whether an alert of a measurement began after the raise: before, it cannot be the flag's. */
  public static boolean hasBegunSinceTheRaise(Measurement measurement) {
    Instant raise = measurement.window().from();
    return measurement.readings().get(Role.VALUE) instanceof Reading.Firing firing
        && firing.newest().stream().anyMatch(alert -> !alert.since().isBefore(raise));
  }

  private static String names(Reading.Firing firing, Instant raise) {
    if (firing.newest().isEmpty()) {
      return "";
    }
    List<Reading.Alert> shown = firing.newest().stream().limit(NAMED).toList();
    String more = firing.count() > shown.size() ? ", …" : "";
    return shown.stream()
        .map(
            alert ->
                alert.name() + (alert.since().isBefore(raise) ? " since before the raise" : ""))
        .collect(Collectors.joining(", ", " (", more + ")"));
  }
}
