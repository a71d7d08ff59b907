package rollout.traces;

import java.util.ArrayList;
import java.util.List;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Past;
import rollout.port.Trace;

/** Runs a {@link Service} for a week and a rollout, and writes down what the looks counted. */
final class Recorder {
  private static final double FINEST = 300;
  private static final double WEEK = 604_800;
  private static final int RECENT = 180;

  private final Service service;
  private final Dice dice;
  private final Wave shared;
  private final Wave own;
  private final Wave treated;
  private final Bound bound;

  /** Errors that happened and are counted later. */
  private final List<double[]> delayed = new ArrayList<>();

  private Recorder(Service service, Dice dice) {
    this.service = service;
    this.dice = dice;
    this.shared = Wave.wandering(service.shared, service.sharedMemory, dice);
    this.own = Wave.wandering(service.own, service.ownMemory, dice);
    this.treated = Wave.wandering(service.treatedWander, service.treatedWanderMemory, dice);
    this.bound = new Bound(service);
  }

  /**
   * A trace and what is true of it.
   *
   * @param onset seconds at which harm begins; not a number when there is none
   * @param bound how long a judge who knows everything needs, in seconds
   */
  record Recording(Trace trace, double onset, double bound) {}

  static Recording record(String id, Service service, Dice dice) {
    return new Recorder(service, dice).record(id);
  }

  private Recording record(String id) {
    List<Arm> week = new ArrayList<>();
    List<Arm> reference = new ArrayList<>();
    for (double end = -WEEK + Past.STEP_SECONDS; end <= 0; end += Past.STEP_SECONDS) {
      Interval step = new Interval(end - Past.STEP_SECONDS, end, 1);
      week.add(step.treated());
      reference.add(service.hasReference ? step.reference() : Arm.MISSING);
    }
    List<Arm> recent = new ArrayList<>();
    for (int minute = -RECENT; minute < 0; minute++) {
      recent.add(new Interval(60.0 * minute, 60.0 * minute + 60, 1).treated());
    }
    List<Trace.Look> looks = looks();
    List<Trace.Stage> stages =
        service.stages.stream().map(one -> new Trace.Stage(one[0], one[1], one[2])).toList();
    Trace trace =
        new Trace(
            id,
            stages,
            week,
            service.hasReference ? reference : List.of(),
            recent,
            service.watchesIssues,
            looks);
    return new Recording(trace, service.onset, bound.seconds());
  }

  private List<Trace.Look> looks() {
    List<Trace.Look> looks = new ArrayList<>();
    double begin = 0;
    double before = 0;
    for (int stage = 0; stage < service.stages.size(); stage++) {
      double[] plan = service.stages.get(stage);
      for (int i = 1; i <= plan[1] / plan[2]; i++) {
        double at = begin + i * plan[2];
        if (dice.share() < service.late) {
          at = Math.floor(at + dice.between(0, 0.6) * plan[2]);
        }
        if (dice.share() >= service.absent) {
          looks.add(look(before, at, stage, plan[0] / 100));
          before = at;
        }
      }
      begin += plan[1];
    }
    return looks;
  }

  private Trace.Look look(double from, double to, int stage, double share) {
    Interval interval = new Interval(from, to, share);
    bound.look(to, interval);
    late(interval);
    Arm treatedArm = interval.treated();
    Arm control = share < 1 ? interval.control() : Arm.MISSING;
    Arm reference = service.hasReference ? interval.reference() : Arm.MISSING;
    boolean away =
        dice.share() < service.gaps
            || from >= service.outageFrom && from < service.outageFrom + service.outageFor;
    if (away) {
      return new Trace.Look(
          to, stage, Arm.MISSING, Arm.MISSING, Arm.MISSING, Double.NaN, Double.NaN);
    }
    if (dice.share() < service.resets) {
      treatedArm = new Arm(-treatedArm.errors(), -treatedArm.requests());
    }
    return new Trace.Look(
        to,
        stage,
        treatedArm,
        control,
        reference,
        service.watchesIssues ? interval.treatedIssues() : Double.NaN,
        service.watchesIssues && share < 1 ? interval.controlIssues() : Double.NaN);
  }

  /** Errors are counted only some looks later. */
  private void late(Interval interval) {
    if (service.errorLag > 0) {
      delayed.add(
          new double[] {interval.treatedErrors, interval.controlErrors, interval.referenceErrors});
      double[] counted =
          delayed.size() > service.errorLag ? delayed.remove(0) : new double[] {0, 0, 0};
      interval.treatedErrors = counted[0];
      interval.controlErrors = counted[1];
      interval.referenceErrors = counted[2];
    }
  }

  /** What happens between two moments. */
  final class Interval {
    private final double from;
    private final double to;
    private final double share;
    private double requests;
    private double treatedErrors;
    private double controlErrors;
    private double referenceErrors;
    private double harm;
    private final double referenceRequests;
    private final double treatedRequests;
    private final double controlRequests;

    Interval(double from, double to, double share) {
      this.from = from;
      this.to = to;
      this.share = share;
      expect();
      this.treatedRequests = dice.poisson(requests * share);
      this.controlRequests = dice.poisson(requests * (1 - share));
      this.referenceRequests =
          dice.poisson(requests * service.referenceRequests / service.requests);
      double noise =
          from >= 0 && service.lookNoise > 0
              ? Math.max(0, 1 + service.lookNoise * dice.normal())
              : 1;
      this.treatedErrors = dice.clustered(treatedErrors * noise, service.cluster);
      this.controlErrors = dice.clustered(controlErrors, service.cluster);
      this.referenceErrors = dice.clustered(referenceErrors, service.cluster);
      bursts();
    }

    /** Expected requests and errors, summed over pieces short enough for what changes. */
    private void expect() {
      int pieces = (int) Math.max(1, Math.ceil((to - from) / FINEST));
      double length = (to - from) / pieces;
      for (int i = 0; i < pieces; i++) {
        expect(from + i * length, from + (i + 1) * length);
      }
      harm /= pieces;
    }

    private void expect(double begin, double end) {
      double middle = (begin + end) / 2;
      double load = service.load(middle);
      double asked = service.requests * load * (end - begin) / 60;
      double both = shared.at(middle) * Math.pow(load, service.coupling);
      double rate =
          service.errorRate
              * both
              * own.at(middle)
              * service.incidents(begin, end, false)
              * service.hourly(begin, end)
              * (middle > 0 ? service.rateOnWeek : 1);
      double harmNow = middle > 0 ? service.harm.at(middle, load) * service.benign : 1;
      double wander = middle > 0 ? treated.at(middle) : 1;
      requests += asked;
      harm += harmNow;
      treatedErrors += asked * share * rate * harmNow * wander;
      controlErrors += asked * (1 - share) * rate;
      referenceErrors +=
          asked
              / service.requests
              * service.referenceRequests
              * service.referenceErrorRate
              * both
              * service.incidents(begin, end, true);
    }

    private void bursts() {
      for (Service.Burst burst : service.bursts) {
        double overlap =
            Math.min(to, burst.from() + burst.seconds()) - Math.max(from, burst.from());
        if (overlap > 0) {
          double errors = dice.poisson(burst.errors() * overlap / burst.seconds());
          // The same client stays in the same arm: its number is the burst's own.
          if ((burst.from() * 0.618) % 1 < share) {
            treatedErrors += errors;
          } else {
            controlErrors += errors;
          }
        }
      }
    }

    Arm treated() {
      double asked = Math.max(treatedRequests, treatedErrors);
      return new Arm(treatedErrors, asked);
    }

    Arm control() {
      return new Arm(controlErrors, Math.max(controlRequests, controlErrors));
    }

    Arm reference() {
      return new Arm(referenceErrors, referenceRequests);
    }

    double middle() {
      return (from + to) / 2;
    }

    double requestsExpected() {
      return requests;
    }

    double shareTreated() {
      return share;
    }

    double harmOnAverage() {
      return harm;
    }

    double treatedIssues() {
      double rate = service.newIssues + (to > service.onset ? service.issueHarm : 0);
      return dice.poisson(requests * share * rate);
    }

    double controlIssues() {
      return dice.poisson(requests * (1 - share) * service.newIssues);
    }
  }
}
