package rollout.traces;

import java.util.ArrayList;
import java.util.List;

/** What a made-up service is like. Fields are set by {@link Families}; the defaults are plain. */
final class Service {
  /** Requests a minute. */
  double requests = 2500;

  double referenceRequests = 6500;
  double errorRate = 0.005;
  double referenceErrorRate = 0.004;

  /** Size of the daily wave of the load, 0 to 1, and when it peaks. */
  double daily;

  double phase;

  /** The load at weekends, and when the first one begins. */
  double weekend = 1;

  double weekendBegins;

  /** The power of the load that the error rate grows with. */
  double coupling;

  /** The mean size of clusters of errors; 1 = errors come alone. */
  double cluster = 1;

  /**
   * Wandering of the error rate that both arms and the reference share; spread of its logarithm.
   */
  double shared;

  double sharedMemory = 3600;

  /** Wandering that the reference does not share. */
  double own;

  double ownMemory = 21_600;

  /** Wandering of the treated arm alone. */
  double treatedWander;

  double treatedWanderMemory = 600;

  /** Noise of the treated arm's rate from look to look, relative. */
  double lookNoise;

  /** How much worse the treated arm truly is, within what is tolerated. */
  double benign = 1;

  /** The week of the rollout over the week before: load, and error rate. */
  double weekOnWeek = 1;

  double rateOnWeek = 1;

  boolean hasReference = true;

  /** The share of looks that are missing, of counters that restart, and of looks that come late. */
  double gaps;

  double resets;
  double late;

  /** Looks whose row is not there at all. */
  double absent;

  /** How many looks late errors are counted. */
  int errorLag;

  /** Seconds of all metrics being away. */
  double outageFrom;

  double outageFor;

  /** Errors at the top of every hour, as a multiple, for so many seconds. */
  double hourly = 1;

  double hourlySeconds = 120;

  /** Users of new issues a minute and per request; 0 = not watched. */
  double newIssues;

  boolean watchesIssues;

  /** Users of new issues per treated request from the harm's onset on. */
  double issueHarm;

  final List<Incident> incidents = new ArrayList<>();
  final List<Burst> bursts = new ArrayList<>();
  final List<double[]> stages =
      new ArrayList<>(
          List.of(
              new double[] {5, 7200, 60},
              new double[] {50, 86_400, 300},
              new double[] {100, 604_800, 1800}));
  Harm harm = Harm.NONE;
  double onset = Double.NaN;

  /**
   * Everything fails more often for a while.
   *
   * @param ofReference how much of it the reference sees, 0 to 1
   */
  record Incident(double from, double seconds, double ratio, double ofReference) {}

  /** One client fails again and again, in one arm. */
  record Burst(double from, double seconds, double errors) {}

  /** How long the whole rollout lasts. */
  double length() {
    return stages.stream().mapToDouble(stage -> stage[1]).sum();
  }

  /** The load at a moment, 1 on average. */
  double load(double second) {
    double day = 1 + daily * Math.sin(2 * Math.PI * (second / 86_400 + phase));
    double inWeek = ((second - weekendBegins) % 604_800 + 604_800) % 604_800;
    double days = inWeek < 2 * 86_400 ? weekend : 1;
    return day * days * (second > 0 ? weekOnWeek : 1);
  }

  /** By what incidents multiply the rate between two moments. */
  double incidents(double from, double to, boolean reference) {
    double ratio = 1;
    for (Incident one : incidents) {
      double overlap = Math.min(to, one.from + one.seconds) - Math.max(from, one.from);
      if (overlap > 0) {
        double part = overlap / (to - from) * (reference ? one.ofReference : 1);
        ratio += part * (one.ratio - 1);
      }
    }
    return ratio;
  }

  /** By what the top of an hour multiplies the rate between two moments. */
  double hourly(double from, double to) {
    if (hourly == 1) {
      return 1;
    }
    double sum = 0;
    for (double hour = Math.floor(from / 3600) * 3600; hour < to; hour += 3600) {
      sum += Math.max(0, Math.min(to, hour + hourlySeconds) - Math.max(from, hour));
    }
    return 1 + (hourly - 1) * sum / (to - from);
  }
}
