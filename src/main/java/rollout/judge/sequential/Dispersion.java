package rollout.judge.sequential;

import java.util.List;

/**
 * How many times noisier than independent errors the treated share of the errors is, learned from
 * the difference between one look and the next: a step of harm counts once, noise shared by both
 * arms cancels. Used one look late, so that no look judges itself.
 */
final class Dispersion {
  private double value = 1;

  /** What it was before this stage. */
  private double kept = 1;

  private double sum;
  private double weight;
  private double lastShare;

  /** Errors behind the last share; 0 = there is none. */
  private double lastErrors;

  /** What is used; at least 1. */
  double value() {
    return value;
  }

  /** What was used when {@link #keep} was said. */
  double kept() {
    return kept;
  }

  /** How many looks it rests on. */
  double weight() {
    return weight;
  }

  /** Starts from a guess that counts for so many looks. */
  void guess(double dispersion, double looks) {
    value = dispersion;
    sum = looks * dispersion;
    weight = looks;
  }

  /** A stage ends. */
  void keep() {
    kept = value;
  }

  /** The next share has nothing to be compared with. */
  void forget() {
    lastErrors = 0;
  }

  /**
   * Learns from one look, taking the spread from the shares themselves.
   *
   * @param leastShare a share below is taken to be this for its spread
   * @param most how much one look may say
   */
  void learn(Comparison look, double leastShare, double most) {
    double middle = Math.min(Math.max(0.5 * (look.share() + lastShare), 1e-6), 1 - 1e-6);
    if (lastErrors > 0) {
      sum += Math.min(squareOfChange(look, Math.max(middle, leastShare)), most);
      weight += 1;
    }
    remember(look);
  }

  /**
   * Learns from one look as much as it has errors to teach from. A sparse arm shows mostly nothing
   * and at times a burst: both have to count by what was expected, or bursts seem to vanish.
   *
   * @param share of the errors that the treated arm is expected to have
   * @param fullErrors how many expected errors of the smaller arm teach fully
   */
  void learnByErrors(Comparison look, double share, double fullErrors, double most) {
    if (lastErrors > 0) {
      double fewer = Math.min(look.errors(), lastErrors) * Math.min(share, 1 - share);
      double part = Math.min(1, fewer / fullErrors);
      sum += Math.min(part * squareOfChange(look, share), most);
      weight += part;
    }
    remember(look);
  }

  private double squareOfChange(Comparison look, double share) {
    double change = look.share() - lastShare;
    return change * change / (share * (1 - share) * (1 / look.errors() + 1 / lastErrors));
  }

  private void remember(Comparison look) {
    lastShare = look.share();
    lastErrors = look.errors();
  }

  /** Uses from now on what was learned, as far as it is trusted. */
  void settle(double trust) {
    value = weight > 0 ? Math.max(1, sum / weight * trust) : 1;
  }

  void read(Memory.Numbers in) {
    value = in.next();
    kept = in.next();
    sum = in.next();
    weight = in.next();
    lastShare = in.next();
    lastErrors = in.next();
  }

  void write(List<Double> out) {
    out.add(value);
    out.add(kept);
    out.add(sum);
    out.add(weight);
    out.add(lastShare);
    out.add(lastErrors);
  }
}
