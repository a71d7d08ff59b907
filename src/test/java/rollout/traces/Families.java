package rollout.traces;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kinds of services and of harm that the judge is held against. */
final class Families {
  private static final double STAGE_2 = 7200;
  private static final double STAGE_3 = 93_600;
  private static final double END = 698_400;

  private Families() {}

  /** What must never be rolled back. */
  static final List<Family> HEALTHY =
      List.of(
          healthy("plain", (service, dice) -> {}),
          healthy("diurnal", (service, dice) -> diurnal(service)),
          healthy("bursty", (service, dice) -> service.cluster = 4),
          healthy("bursty-heavy", (service, dice) -> service.cluster = 12),
          healthy(
              "shared-noise",
              (service, dice) -> {
                service.shared = 0.5;
                service.sharedMemory = dice.scale(600, 14_400);
              }),
          healthy("incidents", (service, dice) -> incidents(service, dice, 3, 1)),
          healthy(
              "low-traffic",
              (service, dice) -> {
                service.requests = 30;
                service.referenceRequests = 60;
              }),
          healthy(
              "tiny-p",
              (service, dice) -> {
                service.errorRate = 2e-5;
                service.referenceErrorRate = 2e-5;
              }),
          healthy(
              "gaps",
              (service, dice) -> {
                service.gaps = 0.05;
                service.outageFrom = dice.between(0, END);
                service.outageFor = 2400;
              }),
          healthy("resets", (service, dice) -> service.resets = 0.02),
          healthy("late-errors", (service, dice) -> service.errorLag = 2),
          healthy("benign-1.05", (service, dice) -> service.benign = 1.05),
          healthy(
              "own-drift",
              (service, dice) -> {
                service.own = 0.1;
                service.ownMemory = 43_200;
              }),
          healthy(
              "slow-5%",
              (service, dice) -> {
                slow(service);
                service.cluster = 1.5;
              }),
          healthy("look-noise", (service, dice) -> service.lookNoise = 0.35),
          healthy(
              "new-issues",
              (service, dice) -> {
                service.watchesIssues = true;
                service.newIssues = dice.scale(2e-6, 2e-5);
              }),
          // Beyond what is recorded: what else a service does in a week.
          healthy(
              "retry-storms",
              (service, dice) -> {
                incidents(service, dice, 8, 1);
                service.cluster = 6;
              }),
          healthy("one-bad-client", (service, dice) -> badClient(service, dice, 12, 60, 40)),
          healthy("short-bursts", (service, dice) -> badClient(service, dice, 200, 30, 12)),
          healthy(
              "hourly-jobs",
              (service, dice) -> {
                service.hourly = dice.between(3, 8);
                service.hourlySeconds = 120;
              }),
          healthy(
              "weekend-and-coupling",
              (service, dice) -> {
                diurnal(service);
                service.weekend = 0.35;
                service.coupling = 0.8;
                service.shared = 0.2;
              }),
          healthy(
              "busier-week",
              (service, dice) -> {
                diurnal(service);
                service.weekOnWeek = dice.between(0.6, 1.8);
              }),
          healthy(
              "worse-week",
              (service, dice) -> {
                // Both arms and the reference: the base is worse than last week.
                service.incidents.add(
                    new Service.Incident(dice.between(0, 40_000), END, dice.between(1.3, 2.5), 1));
              }),
          healthy(
              "reference-drifts",
              (service, dice) -> {
                service.own = 0.12;
                service.ownMemory = 86_400;
              }),
          healthy("half-seen-incidents", (service, dice) -> incidents(service, dice, 2, 0.8)),
          healthy(
              "zero-errors",
              (service, dice) -> {
                service.errorRate = 1e-9;
                service.referenceErrorRate = 1e-6;
              }),
          healthy(
              "few-and-bursty",
              (service, dice) -> {
                service.requests = dice.scale(20, 200);
                service.referenceRequests = 4 * service.requests;
                service.cluster = 5;
              }),
          healthy(
              "huge-traffic",
              (service, dice) -> {
                service.requests = 60_000;
                service.referenceRequests = 100_000;
                service.shared = 0.3;
                service.own = 0.05;
              }),
          healthy(
              "treated-wanders",
              (service, dice) -> {
                service.treatedWander = 0.08;
                service.treatedWanderMemory = 300;
              }),
          healthy(
              "big-reference",
              (service, dice) -> {
                service.referenceRequests = 200_000;
                service.own = 0.08;
                service.shared = 0.3;
              }),
          healthy(
              "small-reference",
              (service, dice) -> {
                service.referenceRequests = 150;
                service.shared = 0.3;
              }),
          healthy(
              "late-and-absent-looks",
              (service, dice) -> {
                service.late = 0.3;
                service.absent = 0.1;
                diurnal(service);
                service.shared = 0.3;
              }),
          healthy(
              "coarse-looks",
              (service, dice) -> {
                stages(
                    service,
                    new double[][] {{5, 7200, 300}, {50, 86_400, 1800}, {100, 604_800, 1800}});
                service.cluster = 3;
                service.shared = 0.3;
              }),
          healthy(
              "fine-looks",
              (service, dice) -> {
                stages(
                    service,
                    new double[][] {
                      {1, 3600, 60},
                      {10, 14_400, 60},
                      {25, 21_600, 60},
                      {50, 21_600, 60},
                      {100, 86_400, 300}
                    });
                service.cluster = 2;
                service.shared = 0.3;
              }),
          healthy("warm-up", (service, dice) -> service.harm = Harm.afterEachRaise(1.25, 300)),
          healthy(
              "bursty-latency",
              (service, dice) -> {
                slow(service);
                diurnal(service);
                service.cluster = 4;
                service.shared = 0.4;
                service.sharedMemory = 900;
              }),
          healthy(
              "fast-shared-noise",
              (service, dice) -> {
                service.shared = 0.8;
                service.sharedMemory = 300;
                service.cluster = 3;
              }),
          healthy(
              "late-errors-in-incidents",
              (service, dice) -> {
                service.errorLag = 1;
                incidents(service, dice, 3, 1);
              }),
          healthy(
              "no-reference",
              (service, dice) -> {
                service.hasReference = false;
                diurnal(service);
                service.shared = 0.15;
              }),
          healthy(
              "no-reference-new-week",
              (service, dice) -> {
                service.hasReference = false;
                diurnal(service);
                service.coupling = 0.4;
                service.weekOnWeek = dice.between(0.7, 1.5);
                service.rateOnWeek = dice.between(0.8, 1.3);
              }));

  /** What must be found, and soon. */
  static final List<Family> HARMFUL =
      Stream.of(
              steps("s1", 0, 0, 1.5, 2, 3, 5, 20, 100),
              steps("s1-late", 600, 6000, 3, 5),
              steps("s2", STAGE_2, STAGE_2, 1.5, 2, 3, 10),
              steps("s2-late", STAGE_2 + 3600, STAGE_3 - 7200, 1.5, 2, 5, 20),
              steps("s3", STAGE_3, STAGE_3, 2, 3, 5),
              steps("s3-late", STAGE_3 + 3600, END - 86_400, 2.1, 5, 20),
              Stream.of(
                  harmful("s1-bursty-x3", 0, 3, (service, dice) -> service.cluster = 4),
                  harmful("s2-bursty-x2", STAGE_2, 2, (service, dice) -> service.cluster = 4),
                  harmful("s1-diurnal-x2", 0, 2, (service, dice) -> diurnal(service)),
                  harmful(
                      "s1-low-x5",
                      0,
                      5,
                      (service, dice) -> {
                        service.requests = 30;
                        service.referenceRequests = 60;
                      }),
                  harmful("s1-gaps-x5", 0, 5, (service, dice) -> service.gaps = 0.05),
                  harmful("s1-tiny-x20", 0, 20, (service, dice) -> service.errorRate = 2e-5),
                  harmful(
                      "s1-slow-x1.6",
                      0,
                      1.6,
                      (service, dice) -> {
                        slow(service);
                        service.cluster = 1.5;
                        service.daily = 0.4;
                        service.shared = 0.15;
                      }),
                  harmful(
                      "s2-incident-x3",
                      13_500,
                      3,
                      (service, dice) -> {
                        service.shared = 0.2;
                        service.incidents.add(new Service.Incident(3600, 1200, 15, 1));
                      }),
                  harmful(
                      "s2-shared-noise-x2",
                      STAGE_2,
                      2,
                      (service, dice) -> {
                        service.shared = 0.4;
                        service.sharedMemory = 1800;
                      }),
                  harmful(
                      "s3-drift-x3",
                      STAGE_3 + 20_000,
                      3,
                      (service, dice) -> {
                        service.own = 0.1;
                        service.shared = 0.3;
                        diurnal(service);
                      }),
                  harmful(
                      "s3-no-reference-x5",
                      STAGE_3,
                      5,
                      (service, dice) -> {
                        service.hasReference = false;
                        diurnal(service);
                      }),
                  harmful(
                      "s2-huge-x1.5", STAGE_2, 1.5, (service, dice) -> service.requests = 60_000),
                  harmful(
                      "coarse-x3",
                      0,
                      3,
                      (service, dice) ->
                          stages(
                              service,
                              new double[][] {
                                {5, 14_400, 300}, {50, 86_400, 1800}, {100, 604_800, 1800}
                              })),
                  harmful(
                      "fine-x2",
                      3600,
                      2,
                      (service, dice) ->
                          stages(
                              service,
                              new double[][] {{1, 3600, 60}, {10, 14_400, 60}, {50, 86_400, 60}})),
                  new Family(
                      "s2-ramp-x4",
                      true,
                      (service, dice) -> {
                        service.onset = STAGE_2;
                        service.harm = Harm.ramp(STAGE_2, 4, 43_200);
                      }),
                  new Family(
                      "s1-now-and-then-x8",
                      true,
                      (service, dice) -> {
                        service.onset = 0;
                        service.harm = Harm.nowAndThen(0, 8, 900);
                      }),
                  new Family(
                      "s2-under-load-x3",
                      true,
                      (service, dice) -> {
                        diurnal(service);
                        service.onset = STAGE_2;
                        service.harm = Harm.underLoad(STAGE_2, 3);
                      }),
                  new Family(
                      "s1-new-issue",
                      true,
                      (service, dice) -> {
                        service.watchesIssues = true;
                        service.newIssues = 5e-6;
                        service.onset = 0;
                        service.issueHarm = dice.scale(5e-4, 5e-3);
                      })))
          .flatMap(stream -> stream)
          .toList();

  private static Family healthy(String name, java.util.function.BiConsumer<Service, Dice> make) {
    return new Family(name, false, make);
  }

  private static Family harmful(
      String name, double onset, double ratio, java.util.function.BiConsumer<Service, Dice> make) {
    return new Family(
        name,
        true,
        (service, dice) -> {
          make.accept(service, dice);
          step(service, onset, ratio * dice.between(0.96, 1.06));
        });
  }

  /** One family for each size of a harm that begins between two moments. */
  private static Stream<Family> steps(String name, double from, double to, double... ratios) {
    return IntStream.range(0, ratios.length)
        .mapToObj(
            i ->
                new Family(
                    name + "-x" + ratios[i],
                    true,
                    (service, dice) -> {
                      if (to > STAGE_2) {
                        service.daily = 0.4;
                        service.shared = 0.2;
                      }
                      if (to > STAGE_3) {
                        service.own = 0.05;
                      }
                      step(
                          service,
                          Math.floor(dice.between(from, to)),
                          ratios[i] * dice.between(0.96, 1.06));
                    }));
  }

  private static void step(Service service, double onset, double ratio) {
    service.onset = onset;
    service.harm = Harm.step(onset, ratio);
  }

  private static void diurnal(Service service) {
    service.daily = 0.6;
    service.coupling = 0.5;
    service.weekend = 0.6;
  }

  private static void slow(Service service) {
    service.errorRate = 0.05;
    service.referenceErrorRate = 0.05;
  }

  private static void stages(Service service, double[][] stages) {
    service.stages.clear();
    service.stages.addAll(List.of(stages));
  }

  private static void incidents(Service service, Dice dice, int count, double ofReference) {
    for (int i = 0; i < count; i++) {
      service.incidents.add(
          new Service.Incident(
              dice.between(-200_000, END),
              dice.scale(300, 7200),
              dice.scale(3, 25),
              ofReference * (ofReference < 1 ? dice.between(0.9, 1) : 1)));
    }
  }

  /** Bursts of one client in one arm, through both weeks. */
  private static void badClient(
      Service service, Dice dice, int count, double seconds, double errors) {
    for (int i = 0; i < 2 * count; i++) {
      service.bursts.add(
          new Service.Burst(
              dice.between(-604_800, END),
              seconds * dice.exponential(),
              errors * dice.exponential()));
    }
  }
}
