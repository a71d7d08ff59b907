package rollout.core;

import rollout.judge.Reading;
import rollout.plan.Question;

/** Requests with the flag and without it, as even as no real service is. */
final class ArmsWorld {
  double perMinute = 6000;
  double treatedErrors = 0.01;
  double controlErrors = 0.01;
  double referenceErrors = 0.01;

  /** Whether the service was there before the rollout. */
  boolean known = true;

  /** Whether the series without the flag, and the reference, are there. */
  boolean controlled = true;

  /**
   * What was counted in a window of the present.
   *
   * @param share of the requests that have the flag on
   */
  Reading read(Question question, double share) {
    double all = perMinute * question.window().length().toMillis() / 60_000.0;
    return switch (question.role()) {
      case TREATED_REQUESTS -> count(all * share);
      case TREATED_ERRORS -> count(all * share * treatedErrors);
      case CONTROL_REQUESTS -> control(all * (1 - share));
      case CONTROL_ERRORS -> control(all * (1 - share) * controlErrors);
      case REFERENCE_REQUESTS -> control(all);
      case REFERENCE_ERRORS -> control(all * referenceErrors);
      default -> throw new AssertionError(question);
    };
  }

  /** What was counted before the rollout, when nobody had the flag on. */
  Reading before(Question question) {
    return known ? read(question, 0) : new Reading.NoData("no series");
  }

  private Reading control(double value) {
    return controlled ? count(value) : new Reading.NoData("no series");
  }

  /** A counter that never counted is not there. */
  private static Reading count(double value) {
    double whole = Math.rint(value);
    return whole == 0 ? new Reading.NoData("no series") : new Reading.Value(whole);
  }
}
