package rollout.traces;

/** By what the treated arm's error rate is multiplied. */
@FunctionalInterface
interface Harm {
  /** None. */
  Harm NONE = (second, load) -> 1;

  /**
   * At one moment.
   *
   * @param second since the rollout began
   * @param load of the service, 1 on average
   */
  double at(double second, double load);

  /** All at once, and for good. */
  static Harm step(double onset, double ratio) {
    return (second, load) -> second > onset ? ratio : 1;
  }

  /** Growing over so many seconds. */
  static Harm ramp(double onset, double ratio, double over) {
    return (second, load) ->
        second <= onset ? 1 : 1 + (ratio - 1) * Math.min(1, (second - onset) / over);
  }

  /** Some minutes of each hour. */
  static Harm nowAndThen(double onset, double ratio, double secondsOfHour) {
    return (second, load) -> second > onset && (second - onset) % 3600 < secondsOfHour ? ratio : 1;
  }

  /** Only when the service is busier than usual. */
  static Harm underLoad(double onset, double ratio) {
    return (second, load) -> second > onset && load > 1 ? ratio : 1;
  }

  /** Only right after each raise, as while caches fill. */
  static Harm afterEachRaise(double ratio, double seconds) {
    return (second, load) -> {
      double since = second < 7200 ? second : second < 93_600 ? second - 7200 : second - 93_600;
      return since < seconds ? ratio : 1;
    };
  }
}
