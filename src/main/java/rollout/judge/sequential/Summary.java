package rollout.judge.sequential;

import java.util.ArrayList;
import java.util.List;

/** Draws from series of the past what {@link Past} keeps. */
final class Summary {
  private static final int STEPS_A_DAY = 48;
  private static final double REFERENCE_WINSOR = 40;
  private static final double HISTORY_WINSOR = 400;
  private static final double RECENT_WINSOR = 12;
  private static final int WINSOR_ROUNDS = 3;
  private static final int FEWEST_STEPS = 20;

  /** Half a week: fewer steps say little of the worst. */
  private static final int STEPS_THAT_TELL = 168;

  private Summary() {}

  static Past of(
      Tuning tuning, double weekEnd, List<Arm> week, List<Arm> reference, List<Arm> recent) {
    double scale = scale(week, reference);
    double referenceDispersion = referenceDispersion(week, reference, scale);
    return new Past(
        dispersion(week, recent, tuning.fewErrors()),
        scale,
        referenceDispersion,
        referenceWorst(week, reference, scale) / referenceDispersion,
        historyDispersion(week),
        weekEnd - week.size() * Past.STEP_SECONDS,
        week);
  }

  /** The error rate over the reference's; half an error is added, so that none is not nothing. */
  private static double scale(List<Arm> week, List<Arm> reference) {
    List<Arm> known = reference.stream().filter(Arm::isSound).toList();
    return known.isEmpty() || week.isEmpty() ? 0 : softRate(week) / softRate(known);
  }

  private static double softRate(List<Arm> steps) {
    Arm sum = sum(steps);
    return (sum.errors() + 0.5) / Math.max(sum.requests(), 1);
  }

  private static Arm sum(List<Arm> steps) {
    return steps.stream().filter(Arm::isSound).reduce(Arm.NOTHING, Arm::plus);
  }

  private static double referenceDispersion(List<Arm> week, List<Arm> reference, double scale) {
    List<Double> squares = new ArrayList<>();
    for (double deviation : deviations(week, reference, scale)) {
      squares.add(square(deviation));
    }
    return winsorisedMean(squares, REFERENCE_WINSOR);
  }

  private static double referenceWorst(List<Arm> week, List<Arm> reference, double scale) {
    List<Double> deviations = deviations(week, reference, scale);
    double worst = 0;
    for (double deviation : deviations) {
      worst = Math.max(worst, deviation);
    }
    return deviations.size() < STEPS_THAT_TELL ? 0 : square(worst);
  }

  /** By how many standard deviations of independent errors the service stood out in each step. */
  private static List<Double> deviations(List<Arm> week, List<Arm> reference, double scale) {
    List<Double> deviations = new ArrayList<>();
    for (int i = 0; i < Math.min(week.size(), reference.size()); i++) {
      Arm own = week.get(i);
      Arm other = reference.get(i);
      double sum = own.errors() + other.errors();
      if (own.isSound() && other.isSound() && sum > 0) {
        double odds = own.requests() * scale / Math.max(other.requests(), 1);
        double share = odds / (1 + odds);
        double spread = Math.max(sum * share * (1 - share), 1e-9);
        deviations.add((own.errors() - sum * share) / Math.sqrt(spread));
      }
    }
    return deviations;
  }

  private static double historyDispersion(List<Arm> week) {
    Arm sum = sum(week);
    double rate = sum.errors() / Math.max(sum.requests(), 1);
    List<Double> squares = new ArrayList<>();
    for (int i = STEPS_A_DAY; i < week.size(); i++) {
      if (week.get(i).isSound() && week.get(i - STEPS_A_DAY).isSound()) {
        squares.add(squareOfChange(week.get(i - STEPS_A_DAY), week.get(i), rate, 1e-12));
      }
    }
    return winsorisedMean(squares, HISTORY_WINSOR);
  }

  /**
   * From the minutes before. Where errors are rare a minute holds none or a whole burst, and the
   * limit on what one may say would hide the bursts: minutes are joined, or the week is taken.
   */
  private static double dispersion(List<Arm> week, List<Arm> recent, double fewErrors) {
    Arm sum = sum(recent);
    double perMinute = sum.errors() / Math.max(recent.size(), 1);
    int joined = (int) Math.ceil(fewErrors / Math.max(perMinute, 1e-9));
    if (fewErrors == 0 || joined <= 1) {
      return recentDispersion(recent);
    }
    if (recent.size() / joined >= FEWEST_STEPS) {
      return recentDispersion(joined(recent, joined));
    }
    Arm all = sum(week);
    double perStep = all.errors() / Math.max(week.size(), 1);
    int steps = (int) Math.ceil(Math.min(week.size() + 1, fewErrors / Math.max(perStep, 1e-9)));
    return Math.max(
        recentDispersion(recent),
        recentDispersion(
            joined(week, Math.max(1, Math.min(steps, Math.max(1, week.size() / FEWEST_STEPS))))));
  }

  private static List<Arm> joined(List<Arm> steps, int each) {
    List<Arm> joined = new ArrayList<>();
    for (int i = 0; i + each <= steps.size(); i += each) {
      Arm sum = steps.get(i);
      for (int j = 1; j < each; j++) {
        sum = sum.plus(steps.get(i + j));
      }
      joined.add(sum);
    }
    return joined;
  }

  private static double recentDispersion(List<Arm> recent) {
    double errors = 0;
    double requests = 0;
    for (Arm minute : recent) {
      if (minute.isSound()) {
        errors += minute.errors();
        requests += Math.max(minute.requests(), 1);
      }
    }
    if (errors == 0) {
      return 1;
    }
    List<Double> squares = new ArrayList<>();
    for (int i = 1; i < recent.size(); i++) {
      if (recent.get(i).isSound() && recent.get(i - 1).isSound()) {
        squares.add(squareOfChange(recent.get(i - 1), recent.get(i), errors / requests, 0));
      }
    }
    double dispersion = winsorisedMean(squares, RECENT_WINSOR);
    for (int round = 0; round < WINSOR_ROUNDS; round++) {
      dispersion = winsorisedMean(squares, RECENT_WINSOR * dispersion);
    }
    return dispersion;
  }

  /** The change of the rate between two steps, squared, over what independent errors would show. */
  private static double squareOfChange(Arm before, Arm after, double rate, double least) {
    double earlier = Math.max(before.requests(), 1);
    double later = Math.max(after.requests(), 1);
    return square(after.errors() / later - before.errors() / earlier)
        / Math.max(rate * (1 / later + 1 / earlier), least);
  }

  private static double winsorisedMean(List<Double> squares, double limit) {
    double sum = 0;
    for (double one : squares) {
      sum += Math.min(one, limit);
    }
    return squares.isEmpty() ? 1 : Math.max(1, sum / squares.size());
  }

  private static double square(double value) {
    return value * value;
  }
}
