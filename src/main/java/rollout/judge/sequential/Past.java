package rollout.judge.sequential;

import java.util.List;

/**
 * What is known of the service from before the rollout. Serialisable: numbers, all finite but those
 * of an {@link Arm#MISSING} step.
 *
 * @param dispersion how many times noisier than independent errors the minutes before were; at
 *     least 1
 * @param referenceScale the service's error rate over the reference's in that week; 0 = no
 *     reference is known
 * @param referenceDispersion how much noisier than independent the comparison with the reference
 *     was
 * @param referenceWorst the step of that week in which the service stood out most against the
 *     reference: its excess of errors, squared, over what {@code referenceDispersion} explains; 0
 *     when too few steps are known
 * @param historyDispersion how much noisier than independent one day was against the next
 * @param weekBegins when the first step of the week begins, in seconds of the clock of {@link
 *     Counts#at}
 * @param week the service's counts in steps of {@link #STEP_SECONDS}; empty = no history at all
 */
public record Past(
    double dispersion,
    double referenceScale,
    double referenceDispersion,
    double referenceWorst,
    double historyDispersion,
    double weekBegins,
    List<Arm> week) {
  /** The length of one step of the week. */
  public static final double STEP_SECONDS = 1800;

  /** Nothing is known: errors are taken to be independent until the looks say otherwise. */
  public static final Past UNKNOWN = new Past(1, 0, 1, 0, 1, 0, List.of());

  public Past {
    week = List.copyOf(week);
  }

  /** Whether a look without a control can be held against a reference. */
  public boolean knowsReference() {
    return referenceScale > 0;
  }

  /** Whether a look without a control can be held against the week before. */
  public boolean knowsHistory() {
    return !week.isEmpty();
  }

  /**
   * From series; each may be empty.
   *
   * @param weekEnd when the last step of the week ends, in seconds
   * @param week the service, 7 days in steps of {@link #STEP_SECONDS}
   * @param reference the sibling's, step by step beside {@code week}
   * @param recent the service's last hours in steps of a minute
   */
  public static Past of(double weekEnd, List<Arm> week, List<Arm> reference, List<Arm> recent) {
    return of(Tuning.DEFAULT, weekEnd, week, reference, recent);
  }

  /** The same with other numbers than the product's. */
  public static Past of(
      Tuning tuning, double weekEnd, List<Arm> week, List<Arm> reference, List<Arm> recent) {
    return Summary.of(tuning, weekEnd, week, reference, recent);
  }

  /** The same requests without any errors: the past of what is new, such as new issues. */
  public Past withoutErrors() {
    return new Past(
        1,
        0,
        1,
        0,
        1,
        weekBegins,
        week.stream()
            .map(step -> new Arm(step.isSound() ? 0 : step.errors(), step.requests()))
            .toList());
  }
}
