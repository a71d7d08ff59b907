package rollout.judge;

import java.util.List;
import java.util.Optional;

/**
 * What a measurement says of the flag.
 *
 * @param reason one line for people, with the numbers
 * @param value what was held against the limit
 * @param limit the limit it was held against
 * @param breached the limit was crossed in this look; with another kind than FAIL the breach has
 *     not lasted long enough yet
 * @param evidence what it was judged from
 */
public record Verdict(
    Kind kind,
    String reason,
    Optional<Double> value,
    Optional<Double> limit,
    boolean breached,
    List<Measurement> evidence) {
  /** From the best to the worst news. Only {@link #PASS} lets a stage pass. */
  public enum Kind {
    /** Measured, and within the limit. */
    PASS,
    /** Measured, but it proves neither good nor bad. */
    INCONCLUSIVE,
    /** The source spoke and had nothing, or too little. */
    NO_DATA,
    /** The source did not speak, or not to the point. */
    ERROR,
    /** Measured, and beyond the limit for as long as it takes. */
    FAIL
  }

  public Verdict {
    evidence = List.copyOf(evidence);
  }

  /** A verdict without numbers. */
  public static Verdict of(Kind kind, String reason, Measurement evidence) {
    return new Verdict(kind, reason, Optional.empty(), Optional.empty(), false, List.of(evidence));
  }

  /** A verdict on a number that was held against a limit. */
  public static Verdict on(
      boolean breached, String reason, double value, double limit, Measurement evidence) {
    return new Verdict(
        breached ? Kind.FAIL : Kind.PASS,
        reason,
        Optional.of(value),
        Optional.of(limit),
        breached,
        List.of(evidence));
  }

  /** Whether this look proved something: it was good, or it was bad. */
  public boolean isConclusive() {
    return kind == Kind.PASS || kind == Kind.FAIL || breached;
  }

  /** The same finding under another kind and in other words. */
  public Verdict as(Kind other, String words) {
    return new Verdict(other, words, value, limit, breached, evidence);
  }

  /** The worse of two; the first where they are alike. */
  public static Verdict worst(Verdict a, Verdict b) {
    return b.kind.compareTo(a.kind) > 0 ? b : a;
  }
}
