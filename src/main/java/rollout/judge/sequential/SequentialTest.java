package rollout.judge.sequential;

import java.util.List;

/**
 * The test of one guardrail in one rollout: bets, look after look, that errors fall on the treated
 * arm more often than tolerated, on several sizes of harm and every moment of its beginning at
 * once. E is what one unit of money would have become; by Ville's inequality a fair world makes it
 * reach 1/α with probability α at most, however often one looks. Daily load and incidents that hit
 * both arms cancel, because only the split of the errors is bet on.
 */
public final class SequentialTest {
  private static final double WEEK_SECONDS = 7 * 24 * 3600;

  private final Tuning tuning;
  private final Tolerance tolerance;
  private final Spending spending;
  private final Past past;
  private final Baseline baseline;
  private final double[] effects;
  private final double[] logEffects;

  /** The product's own. */
  public SequentialTest(Tolerance tolerance, Spending spending, Past past, Baseline baseline) {
    this(Tuning.DEFAULT, tolerance, spending, past, baseline);
  }

  /** With other numbers than the product's. */
  public SequentialTest(
      Tuning tuning, Tolerance tolerance, Spending spending, Past past, Baseline baseline) {
    this.tuning = tuning;
    this.tolerance = tolerance;
    this.spending = spending;
    this.past = past;
    this.baseline = baseline;
    this.effects = tuning.effects().stream().mapToDouble(Double::doubleValue).toArray();
    this.logEffects = tuning.effects().stream().mapToDouble(Math::log).toArray();
  }

  /** Before the first look. */
  public TestState begin() {
    Memory memory = Memory.fresh(effects.length, spending.stages().size());
    memory.withControl.guess(past.dispersion(), tuning.weightOfPast());
    memory.withControl.before = past.dispersion();
    return memory.state();
  }

  /** A person accepted what was seen: only looks from now on are bet on, what is spent stays so. */
  public TestState accepted(TestState state) {
    Memory memory = memory(state);
    enter(memory, memory.stage);
    memory.forgetMasses();
    return memory.state();
  }

  /** How many times noisier than independent errors a concurrent control showed itself to be. */
  public double dispersionWithControl(TestState state) {
    return memory(state).withControl.value;
  }

  /** The treated arm since its stage began. */
  public Arm treatedInStage(TestState state) {
    Memory memory = memory(state);
    return new Arm(memory.treatedErrors, memory.treatedRequests);
  }

  /**
   * What it was compared with since its stage began; the requests are those that would make the
   * arms comparable, where a reference or the past stood in.
   */
  public Arm controlInStage(TestState state) {
    Memory memory = memory(state);
    return new Arm(memory.controlErrors, memory.controlRequests);
  }

  private Memory memory(TestState state) {
    return Memory.of(state, effects.length, spending.stages().size());
  }

  /** Judges one look. The same state and counts always give the same step. */
  public Step look(TestState state, Counts counts) {
    List<JudgedStage> stages = spending.stages();
    Memory memory = memory(state);
    boolean entered = counts.stage() != memory.stage;
    boolean rescaled = entered && memory.stage >= 0;
    if (rescaled) {
      memory.withControl.before = memory.withControl.value;
    }
    if (entered) {
      enter(memory, counts.stage());
    }
    boolean controlled = stages.get(counts.stage()).controlled();
    Comparison comparison =
        controlled ? concurrent(memory, counts, rescaled) : alone(memory, counts);
    double used = dispersion(comparison, controlled);
    bet(memory, counts, comparison, used);
    learn(memory, comparison, controlled, rescaled, used);
    add(memory, counts, comparison);
    double logEvidence = memory.logEvidence();
    return new Step(
        memory.state(),
        logEvidence,
        used,
        comparison.toleratedShare(),
        ratio(memory),
        comparison.kind(),
        logEvidence >= spending.logLimit());
  }

  private static void enter(Memory memory, int stage) {
    memory.stage = stage;
    memory.treatedErrors = 0;
    memory.treatedRequests = 0;
    memory.controlErrors = 0;
    memory.controlRequests = 0;
  }

  private Comparison concurrent(Memory memory, Counts counts, boolean rescaled) {
    Arm treated = counts.treated();
    Arm control = counts.control();
    boolean sound = treated.isSound() && control.isSound();
    double odds = sound ? treated.requests() / Math.max(control.requests(), 1) : 0;
    if (rescaled) {
      distrust(memory.withControl, sound ? expected(treated, control, odds) : 0, odds);
    }
    return compared(
        ControlKind.CONCURRENT,
        treated,
        control,
        odds,
        tolerance.concurrent(),
        memory.withControl.value);
  }

  private double expected(Arm treated, Arm control, double odds) {
    return tuning.distrustsControl()
        ? control.errors() * (1 + odds)
        : treated.errors() + control.errors();
  }

  /** A new scale of counts: what was learned on the old one is doubted, and unlearned quickly. */
  private void distrust(Dispersion dispersion, double errors, double odds) {
    double share = odds / (1 + odds);
    double noise = square(tuning.noiseOfNewStage()) * errors * share * (1 - share);
    dispersion.guess(Math.max(dispersion.value, 1 + noise), tuning.weightOfStage());
  }

  /** Nobody is left without the flag: against the sibling, or against the past. */
  private Comparison alone(Memory memory, Counts counts) {
    Arm treated = counts.treated();
    double requests = treated.isSound() ? treated.requests() : 0;
    if (counts.reference().isSound() && past.knowsReference()) {
      Arm reference = counts.reference();
      double odds = requests * past.referenceScale() / Math.max(reference.requests(), 1);
      double dispersion = raised(past.referenceDispersion(), memory);
      return compared(
          ControlKind.REFERENCE, treated, reference, odds, tolerance.reference(), dispersion);
    }
    Arm before = before(memory, counts);
    double odds = requests / Math.max(before.requests(), 1);
    double dispersion = raised(past.historyDispersion(), memory);
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

  /** Past dispersion, raised but never lowered by what the looks showed. */
  private static double raised(double known, Memory memory) {
    return Math.max(known, memory.without.value);
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

  private static double earlierRate(Memory memory) {
    double errors = memory.allControlErrors;
    return (errors + 3 * Math.sqrt(errors + 1) + 3) / Math.max(memory.allControlRequests, 1);
  }

  private double dispersion(Comparison comparison, boolean controlled) {
    double noise = controlled ? tuning.noise() : tuning.noiseUncontrolled();
    double share = comparison.toleratedShare();
    double ofShare = 1 + square(noise) * comparison.errors() * share * (1 - share);
    return Math.max(comparison.dispersion(), ofShare);
  }

  private void bet(Memory memory, Counts counts, Comparison comparison, double dispersion) {
    double part = spending.at(counts.stage(), memory.looks[counts.stage()]++);
    double logPart = Math.log(part / effects.length);
    double most =
        standsOut(comparison, dispersion)
            ? Double.POSITIVE_INFINITY
            : mostOfOneLook(
                counts,
                part,
                tuning.capOfPastStage() ? memory.withControl.before : memory.withControl.value);
    double errors = comparison.errors();
    double edge = comparison.tolerance() * comparison.odds();
    double logTolerated = Math.log(1 + edge);
    for (int i = 0; i < effects.length; i++) {
      double step = 0;
      if (comparison.counts()) {
        double unlikelier = logTolerated - Math.log(1 + edge * effects[i]);
        double gain = comparison.treated() * logEffects[i] + errors * unlikelier;
        step = Math.min(gain / dispersion, most);
      }
      memory.masses[i] = logSum(memory.masses[i], logPart) + step;
    }
  }

  /**
   * Whether a look against the reference is far beyond whatever the week before held. A look as
   * long as the steps of that week is compared with hundreds of its like, and may decide alone.
   */
  private boolean standsOut(Comparison comparison, double dispersion) {
    if (comparison.kind() != ControlKind.REFERENCE || past.referenceWorst() == 0) {
      return false;
    }
    double share = comparison.toleratedShare();
    double excess = comparison.treated() - comparison.errors() * share;
    double square = square(Math.max(0, excess)) / (comparison.errors() * share * (1 - share));
    return square / dispersion > tuning.outstanding() * Math.max(9, past.referenceWorst());
  }

  /** At least two looks have to agree before exposure goes back. */
  private double mostOfOneLook(Counts counts, double part, double dispersion) {
    double cap = counts.seconds() <= 60 ? tuning.minuteCap() : tuning.cap();
    double way = spending.logLimit() - Math.log(part);
    return Math.max(tuning.leastStep(), cap * way / Math.pow(dispersion, tuning.capPower()));
  }

  private void learn(
      Memory memory, Comparison comparison, boolean controlled, boolean rescaled, double used) {
    if (controlled) {
      learnWithControl(memory, memory.withControl, comparison, rescaled);
    } else {
      learnAlone(memory.without, comparison, used);
    }
  }

  private void learnWithControl(
      Memory memory, Dispersion dispersion, Comparison comparison, boolean rescaled) {
    if (!comparison.counts() || rescaled) {
      dispersion.forget();
    }
    if (comparison.counts()) {
      double most = tuning.winsor() * dispersion.value;
      if (tuning.teachingErrors() > 0) {
        double fair = comparison.fairShare();
        double sofar =
            (memory.treatedErrors + comparison.treated() + 3)
                / (memory.treatedErrors + memory.controlErrors + comparison.errors() + 3 / fair);
        dispersion.learnByErrors(
            comparison.share(),
            comparison.errors(),
            Math.max(fair, sofar),
            tuning.teachingErrors(),
            most);
      } else {
        dispersion.learn(comparison.share(), comparison.errors(), comparison.fairShare(), most);
      }
    }
    dispersion.value = Math.max(1, dispersion.mean());
  }

  private void learnAlone(Dispersion dispersion, Comparison comparison, double used) {
    if (comparison.counts()) {
      double most = tuning.winsor() * used;
      dispersion.learn(comparison.share(), comparison.errors(), 0, most);
    } else {
      dispersion.forget();
    }
    double trust = Math.min(1, dispersion.weight() / 10);
    dispersion.value = Math.max(1, dispersion.mean() * trust);
  }

  private static void add(Memory memory, Counts counts, Comparison comparison) {
    if (comparison.kind() != ControlKind.NONE && comparison.odds() > 0) {
      memory.treatedErrors += comparison.treated();
      memory.treatedRequests += comparison.requests();
      memory.controlErrors += comparison.control();
      memory.controlRequests += comparison.requests() / comparison.odds();
    }
    if (counts.control().isSound()) {
      memory.allControlErrors += counts.control().errors();
      memory.allControlRequests += counts.control().requests();
    }
  }

  /** One error is added, shared as the odds are, so that no errors at all say × 1. */
  private static double ratio(Memory memory) {
    if (memory.treatedRequests == 0) {
      return 1;
    }
    double odds = memory.treatedRequests / memory.controlRequests;
    double share = odds / (1 + odds);
    return (memory.treatedErrors + share) / (memory.controlErrors + 1 - share) / odds;
  }

  private static double logSum(double a, double b) {
    double high = Math.max(a, b);
    return high + Math.log(Math.exp(a - high) + Math.exp(b - high));
  }

  private static double square(double value) {
    return value * value;
  }
}
