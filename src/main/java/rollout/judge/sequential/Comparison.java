package rollout.judge.sequential;

/**
 * One look, ready to be bet on: errors on both sides, and the odds that an error is the treated
 * arm's when nothing is wrong.
 *
 * @param kind what is compared with; {@link ControlKind#NONE} makes the rest meaningless
 * @param treated errors of the treated arm
 * @param requests of the treated arm
 * @param control errors of the control
 * @param odds n/m, or what takes its place without a control
 * @param tolerance the ratio that is not harm yet
 * @param dispersion as known before this look
 */
record Comparison(
    ControlKind kind,
    double treated,
    double requests,
    double control,
    double odds,
    double tolerance,
    double dispersion) {

  /** A void look. */
  static Comparison none(double odds, double tolerance, double dispersion) {
    return new Comparison(ControlKind.NONE, 0, 0, 0, odds, tolerance, dispersion);
  }

  /** Whether there is anything to bet on. */
  boolean counts() {
    return kind != ControlKind.NONE && errors() > 0 && odds > 0;
  }

  /** Errors of both. */
  double errors() {
    return treated + control;
  }

  /** The treated arm's share of the errors. */
  double share() {
    return treated / errors();
  }

  /** Its share when nothing is wrong. */
  double fairShare() {
    return odds / (1 + odds);
  }

  /** Its share at the edge of what is tolerated. */
  double toleratedShare() {
    double edge = tolerance * odds;
    return Math.min(Math.max(edge / (1 + edge), 1e-9), 1 - 1e-9);
  }
}
