package rollout.judge.sequential;

import java.util.List;

/**
 * How many times noisier than independent errors the treated share of the errors is, learned from
 * the difference between one look and the next: a step of harm counts once, noise shared by both
 * arms cancels. Used one look late, so that no look judges itself.
 */
final class Dispersion {
  /** What is used: at least 1. */
  double value = 1;

  /** What it was before this stage. */
  double before = 1;

  private double sum;
  private double weight;
  private double lastShare;

  /** Errors behind the last share; 0 = there is none. */
  private double lastErrors;

  /** Starts from a guess that counts for so many looks. */
  void guess(double dispersion, double looks) {
    value = dispersion;
    sum = looks * dispersion;
    weight = looks;
  }

  /** The next share has nothing to be compared with. */
  void forget() {
    lastErrors = 0;
  }

  /**
   * Learns from one look.
   *
   * @param share of the errors that were the treated arm's
   * @param errors of both
   * @param leastShare a share below is taken to be this for its spread
   * @param most how much one look may say
   */
  void learn(double share, double errors, double leastShare, double most) {
    if (lastErrors > 0) {
      double middle = Math.min(Math.max(0.5 * (share + lastShare), 1e-6), 1 - 1e-6);
      double q = Math.max(middle, leastShare);
      double change = share - lastShare;
      double spread = q * (1 - q) * (1 / errors + 1 / lastErrors);
      sum += Math.min(change * change / spread, most);
      weight += 1;
    }
    lastShare = share;
    lastErrors = errors;
  }

  /**
   * Learns from one look as much as it has errors to teach from. A sparse arm shows mostly nothing
   * and at times a burst: both have to count by what was expected.
   *
   * @param expectedShare of the treated arm, as the stage has it so far
   * @param fullErrors how many expected errors of the treated arm teach fully
   */
  void learnByErrors(
      double share, double errors, double expectedShare, double fullErrors, double most) {
    if (lastErrors > 0) {
      double change = share - lastShare;
      double spread = expectedShare * (1 - expectedShare) * (1 / errors + 1 / lastErrors);
      double few = Math.min(errors, lastErrors) * Math.min(expectedShare, 1 - expectedShare);
      double part = Math.min(1, few / fullErrors);
      sum += Math.min(part * change * change / spread, most);
      weight += part;
    }
    lastShare = share;
    lastErrors = errors;
  }

  /** What was learned and guessed, on average. */
  double mean() {
    return weight > 0 ? sum / weight : 0;
  }

  /** How many looks it rests on. */
  double weight() {
    return weight;
  }

  void read(Memory.Numbers in) {
    value = in.next();
    before = in.next();
    sum = in.next();
    weight = in.next();
    lastShare = in.next();
    lastErrors = in.next();
  }

  void write(List<Double> out) {
    out.add(value);
    out.add(before);
    out.add(sum);
    out.add(weight);
    out.add(lastShare);
    out.add(lastErrors);
  }
}
