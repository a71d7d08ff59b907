package rollout.traces;

/**
 * How long after the onset of harm a judge must wait who knows everything but the moment: until the
 * expected evidence reaches log(100) plus the logarithm of the moments it might have begun at.
 */
final class Bound {
  private static final double LOG_LIMIT = Math.log(100);

  private final Service service;
  private double evidence;
  private double wald = Double.NaN;
  private double seconds = Double.NaN;

  Bound(Service service) {
    this.service = service;
  }

  /** What one look could have shown, if at least half of it was harmed. */
  void look(double at, Recorder.Interval interval) {
    if (!(interval.middle() > service.onset) || !Double.isNaN(seconds)) {
      return;
    }
    evidence += service.issueHarm > 0 ? ofIssues(interval) : ofErrors(interval);
    double since = at - service.onset;
    if (Double.isNaN(wald) && evidence >= LOG_LIMIT) {
      wald = since;
    }
    if (!Double.isNaN(wald)
        && evidence >= LOG_LIMIT + Math.log(Math.max(1, service.length() / 2 / wald))) {
      seconds = since;
    }
  }

  private double ofErrors(Recorder.Interval interval) {
    double share = interval.shareTreated();
    double ratio = interval.harmOnAverage();
    double errors = interval.requestsExpected() * service.errorRate / (2 * service.cluster - 1);
    if (share >= 1) {
      return ratio <= 0 ? 0 : errors * (ratio * Math.log(ratio) - ratio + 1);
    }
    return binomial(errors * share * ratio, errors * (1 - share), share);
  }

  private double ofIssues(Recorder.Interval interval) {
    double share = interval.shareTreated();
    double users = interval.requestsExpected();
    double ratio = (service.newIssues + service.issueHarm) / service.newIssues;
    return share < 1
        ? binomial(
            users * share * service.newIssues * ratio,
            users * (1 - share) * service.newIssues,
            share)
        : users * service.newIssues * (ratio * Math.log(ratio) - ratio + 1);
  }

  private static double binomial(double treated, double control, double fair) {
    double share = treated / (treated + control);
    return (treated + control)
        * (share * Math.log(share / fair) + (1 - share) * Math.log((1 - share) / (1 - fair)));
  }

  /** Seconds; not a number when harm never shows. */
  double seconds() {
    return seconds;
  }
}
