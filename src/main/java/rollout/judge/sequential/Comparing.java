package rollout.judge.sequential;

/**
 * Finds what a look can be compared with: those without the flag, else a sibling, else the past.
 */
final class Comparing {
  private static final double WEEK_SECONDS = 7 * 24 * 3600;

  private final Tolerance tolerance;
  private final Past past;
  private final Baseline baseline;

  Comparing(Tolerance tolerance, Past past, Baseline baseline) {
    this.tolerance = tolerance;
    this.past = past;
    this.baseline = baseline;
  }

  /** With those who have the flag off. */
  Comparison concurrent(Memory memory, Counts counts) {
    return compared(
        ControlKind.CONCURRENT,
        counts.treated(),
        counts.control(),
        counts.odds(),
        tolerance.concurrent(),
        memory.withControl.value());
  }

  /** Nobody is left without the flag: with the sibling, or with the past. */
  Comparison alone(Memory memory, Counts counts) {
    Arm treated = counts.treated();
    double requests = treated.isSound() ? treated.requests() : 0;
    if (counts.reference().isSound() && past.knowsReference()) {
      Arm reference = counts.reference();
      double odds = requests * past.referenceScale() / Math.max(reference.requests(), 1);
      double dispersion = Math.max(past.referenceDispersion(), memory.without.value());
      return compared(
          ControlKind.REFERENCE, treated, reference, odds, tolerance.reference(), dispersion);
    }
    Arm before = before(memory, counts);
    double odds = requests / Math.max(before.requests(), 1);
    double dispersion = Math.max(past.historyDispersion(), memory.without.value());
    return compared(ControlKind.HISTORY, treated, before, odds, tolerance.history(), dispersion);
  }

  private static Comparison compared(
      ControlKind kind,
      Arm treated,
      Arm control,
      double odds,
      double tolerance,
      double dispersion) {
    return treated.isSound() && control.isSound()
        ? new Comparison(
            kind,
            treated.errors(),
            treated.requests(),
            control.errors(),
            odds,
            tolerance,
            dispersion)
        : Comparison.none(odds, tolerance, dispersion);
  }

  /** What the same time of the week before would have counted. */
  private Arm before(Memory memory, Counts counts) {
    if (!past.knowsHistory()) {
      return Arm.MISSING;
    }
    double middle = counts.at() - counts.seconds() / 2 - past.weekBegins();
    double second = middle - Math.floor(middle / WEEK_SECONDS) * WEEK_SECONDS;
    int step = Math.min((int) (second / Past.STEP_SECONDS), past.week().size() - 1);
    double part = Math.min(1, counts.seconds() / Past.STEP_SECONDS);
    Arm week = past.week().get(step);
    double errors =
        baseline == Baseline.SAME_HOUR ? week.errors() : earlierRate(memory) * week.requests();
    return new Arm(errors * part, week.requests() * part);
  }

  /** An upper limit: three standard deviations and three errors above what the control had. */
  private static double earlierRate(Memory memory) {
    double errors = memory.allControlErrors;
    return (errors + 3 * Math.sqrt(errors + 1) + 3) / Math.max(memory.allControlRequests, 1);
  }
}
