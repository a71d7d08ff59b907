package rollout.judge.sequential;

/**
 * The test of one guardrail in one rollout: bets, look after look, that errors fall on the treated
 * arm more often than tolerated, on several sizes of harm and every moment of its beginning at
 * once. E is what one unit of money would have become; by Ville's inequality a fair world makes it
 * reach 1/α with probability α at most, however often one looks. Daily load and incidents that hit
 * both arms cancel, because only the split of the errors is bet on.
 */
public final class SequentialTest {
  private final Tuning tuning;
  private final Spending spending;
  private final Past past;
  private final Comparing comparing;
  private final Learner learner;
  private final Bets bets;

  /** The product's own. */
  public SequentialTest(Tolerance tolerance, Spending spending, Past past, Baseline baseline) {
    this(Tuning.DEFAULT, tolerance, spending, past, baseline);
  }

  /** With other numbers than the product's. */
  public SequentialTest(
      Tuning tuning, Tolerance tolerance, Spending spending, Past past, Baseline baseline) {
    this.tuning = tuning;
    this.spending = spending;
    this.past = past;
    this.comparing = new Comparing(tolerance, past, baseline);
    this.learner = new Learner(tuning);
    // What is new had no rate before, so its harm is large or none: nothing is favoured.
    double favour = baseline == Baseline.EARLIER_STAGES ? 0 : tuning.favour();
    this.bets = new Bets(tuning, favour, spending, past);
  }

  /** Before the first look. */
  public TestState begin() {
    Memory memory = Memory.fresh(tuning.effects().size(), spending.stages().size());
    memory.withControl.guess(past.dispersion(), tuning.learning().weightOfPast());
    memory.withControl.keep();
    return memory.state();
  }

  /** A person accepted what was seen: only looks from now on are bet on, what is spent stays so. */
  public TestState accepted(TestState state) {
    Memory memory = memory(state);
    memory.enter(memory.stage);
    memory.forgetMasses();
    return memory.state();
  }

  /** Judges one look. The same state and counts always give the same step. */
  public Step look(TestState state, Counts counts) {
    Memory memory = memory(state);
    boolean entered = counts.stage() != memory.stage;
    boolean rescaled = entered && memory.stage >= 0;
    boolean controlled = spending.stages().get(counts.stage()).controlled();
    if (entered) {
      memory.enter(counts.stage());
    }
    if (rescaled) {
      memory.withControl.keep();
      if (controlled) {
        learner.distrust(memory.withControl, counts);
      }
    }
    Comparison comparison =
        controlled ? comparing.concurrent(memory, counts) : comparing.alone(memory, counts);
    double used = learner.dispersion(comparison, controlled);
    bets.place(memory, counts, comparison, used);
    if (controlled) {
      learner.withControl(memory, comparison, rescaled);
    } else {
      learner.without(memory.without, comparison, used);
    }
    memory.add(counts, comparison);
    return step(memory, comparison, used);
  }

  private Step step(Memory memory, Comparison comparison, double used) {
    double logEvidence = memory.logEvidence();
    return new Step(
        memory.state(),
        logEvidence,
        used,
        comparison.toleratedShare(),
        memory.ratio(),
        comparison.kind(),
        logEvidence >= spending.logLimit());
  }

  /** How many times noisier than independent errors a concurrent control showed itself to be. */
  public double dispersionWithControl(TestState state) {
    return memory(state).withControl.value();
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

  /** How many looks the present stage has had, this time or before. */
  public int looksInStage(TestState state) {
    Memory memory = memory(state);
    return memory.looks[memory.stage];
  }

  private Memory memory(TestState state) {
    return Memory.of(state, tuning.effects().size(), spending.stages().size());
  }
}
