package rollout.judge.sequential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link TestState} while it is being worked on. */
final class Memory {
  /** The logarithm of a mass that was never paid in. */
  private static final double NO_MASS = -1e300;

  /** How many numbers come before the looks of the stages. */
  private static final int SCALARS = 19;

  /** The stage of the last look, −1 before the first. */
  int stage = -1;

  /** Dispersion of the treated share as learned look by look; see {@link Dispersion}. */
  final Dispersion withControl = new Dispersion();

  /** The same against a reference or the past. */
  final Dispersion without = new Dispersion();

  /**
   * Treated and control since this stage began; the requests of a control are those that would make
   * the arms comparable.
   */
  double treatedErrors;

  double treatedRequests;
  double controlErrors;
  double controlRequests;

  /** The control in all stages. */
  double allControlErrors;

  double allControlRequests;

  /** The logarithm of the mass on each effect. */
  final double[] masses;

  /** How many looks each stage has had. */
  final int[] looks;

  private Memory(int effects, int stages) {
    masses = new double[effects];
    forgetMasses();
    looks = new int[stages];
  }

  /** Nothing was ever paid in. */
  void forgetMasses() {
    Arrays.fill(masses, NO_MASS);
  }

  /** Before the first look. */
  static Memory fresh(int effects, int stages) {
    return new Memory(effects, stages);
  }

  /** As it was stored; masses on other effects than today's are given up, the looks stay spent. */
  static Memory of(TestState state, int effects, int stages) {
    Memory memory = new Memory(effects, stages);
    Numbers in = new Numbers(state.numbers());
    memory.stage = (int) in.next();
    memory.withControl.read(in);
    memory.without.read(in);
    memory.treatedErrors = in.next();
    memory.treatedRequests = in.next();
    memory.controlErrors = in.next();
    memory.controlRequests = in.next();
    memory.allControlErrors = in.next();
    memory.allControlRequests = in.next();
    for (int i = 0; i < stages; i++) {
      memory.looks[i] = (int) in.next();
    }
    if (in.left() == effects) {
      for (int i = 0; i < effects; i++) {
        memory.masses[i] = in.next();
      }
    }
    return memory;
  }

  /** How many looks a stage has had. */
  static int looksSpent(TestState state, int stage) {
    return (int) (double) state.numbers().get(SCALARS + stage);
  }

  /** As it is stored. */
  TestState state() {
    List<Double> out = new ArrayList<>(20 + masses.length + looks.length);
    out.add((double) stage);
    withControl.write(out);
    without.write(out);
    out.add(treatedErrors);
    out.add(treatedRequests);
    out.add(controlErrors);
    out.add(controlRequests);
    out.add(allControlErrors);
    out.add(allControlRequests);
    for (int spent : looks) {
      out.add((double) spent);
    }
    for (double mass : masses) {
      out.add(mass);
    }
    return new TestState(out);
  }

  /** The logarithm of all masses together. */
  double logEvidence() {
    double highest = masses[0];
    for (double mass : masses) {
      highest = Math.max(highest, mass);
    }
    double sum = 0;
    for (double mass : masses) {
      sum += Math.exp(mass - highest);
    }
    return highest + Math.log(sum);
  }

  /** Reads numbers in the order they were written in. */
  static final class Numbers {
    private final List<Double> numbers;
    private int next;

    Numbers(List<Double> numbers) {
      this.numbers = numbers;
    }

    double next() {
      return numbers.get(next++);
    }

    int left() {
      return numbers.size() - next;
    }
  }
}
