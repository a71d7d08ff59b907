package rollout.sandbox;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import rollout.plan.Exposure;
import rollout.plan.Plan;
import rollout.plan.Stage;

/**
 * What goes wrong in the sandbox, and from which stage on.
 *
 * @param stage where it begins; empty when nothing goes wrong
 * @param times so many times as many calls fail as usual; empty = what is usual for the kind
 */
public record Scenario(Kind kind, Optional<Stage> stage, Optional<Double> times) {
  /** Nothing goes wrong. */
  public static final Scenario HEALTHY =
      new Scenario(Kind.HEALTHY, Optional.empty(), Optional.empty());

  /** What can go wrong. */
  public enum Kind {
    /** Nothing. */
    HEALTHY,
    /** Calls that see the flag fail. */
    ERRORS,
    /** Calls that see the flag fail more and more often, until half of the bake is over. */
    RAMP,
    /** Calls that see the flag fail for two looks, and never again: no reason to go back. */
    TRANSIENT,
    /** Calls fail for ten looks, whether they see the flag or not: no reason to go back. */
    SHARED,
    /** Calls that see the flag are slow. */
    LATENCY,
    /** Calls that see the flag raise an error nobody has seen before. */
    NEW_ISSUE,
    /** An alert begins to fire early in the bake. */
    ALERT,
    /** The sources of evidence do not answer for a while. */
    OUTAGE,
    /** The flag is set, and no call ever asks for it. */
    NOBODY_USES_IT,
    /** An incident is opened in mid-bake and closed two hours after it. */
    INCIDENT,
    /** A deploy freeze begins in mid-bake and ends two hours after it. */
    FREEZE;

    /** Whether it says how many times as many calls fail. */
    boolean hasSize() {
      return this == ERRORS || this == RAMP || this == TRANSIENT || this == SHARED;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads {@code healthy}, {@code KIND@STAGE} or {@code KIND:TIMES@STAGE}, such as {@code
   * errors@mid} or {@code errors:5x@mid}.
   *
   * @throws IllegalArgumentException naming the kinds, the plan's stages and the nearest scenario,
   *     when it is neither
   */
  public static Scenario parse(String text, Plan plan) {
    String[] parts = text.strip().split("@", -1);
    if (parts.length == 1 && parts[0].equals(Kind.HEALTHY.toString())) {
      return HEALTHY;
    }
    String[] sized = parts[0].split(":", 2);
    Optional<Double> times = sized.length == 2 ? times(sized[1]) : Optional.empty();
    Optional<Kind> kind =
        harms().stream()
            .filter(k -> k.toString().equals(sized[0]))
            .filter(k -> sized.length == 1 || k.hasSize() && times.isPresent())
            .findFirst();
    Optional<Stage> stage =
        plan.indexOf(parts[parts.length - 1]).map(index -> plan.stages().get(index));
    if (parts.length != 2 || kind.isEmpty() || stage.isEmpty()) {
      throw new IllegalArgumentException(complaint(text, parts, plan));
    }
    return new Scenario(kind.get(), stage, times);
  }

  /** {@code 5x}; empty for anything else, and for nothing worse than usual. */
  private static Optional<Double> times(String text) {
    return Optional.of(text)
        .filter(one -> one.matches("[0-9]{1,4}(\\.[0-9]{1,2})?x"))
        .map(one -> Double.parseDouble(one.substring(0, one.length() - 1)))
        .filter(one -> one > 1);
  }

  /** Whether it is at work while this exposure is in force there. */
  boolean strikes(String environment, Exposure exposure) {
    return stage
        .filter(where -> where.isIn(environment))
        .filter(where -> exposure.compareTo(where.exposure()) >= 0)
        .isPresent();
  }

  /** The form it is read from. */
  @Override
  public String toString() {
    String size =
        times
            .map(one -> ":" + BigDecimal.valueOf(one).stripTrailingZeros().toPlainString() + "x")
            .orElse("");
    return stage.map(where -> kind + size + "@" + where.name()).orElse(kind.toString());
  }

  private static List<Kind> harms() {
    return Arrays.stream(Kind.values()).filter(kind -> kind != Kind.HEALTHY).toList();
  }

  private static String complaint(String text, String[] parts, Plan plan) {
    List<String> kinds = harms().stream().map(Kind::toString).toList();
    List<String> stages = plan.stages().stream().map(Stage::name).toList();
    String nearest =
        nearest(parts[0], kinds) + "@" + nearest(parts.length > 1 ? parts[1] : "", stages);
    return "\"%s\" is no scenario; did you mean %s? Write healthy or KIND@STAGE: KIND is one of %s, STAGE is one of %s"
        .formatted(text, nearest, String.join(", ", kinds), String.join(", ", stages));
  }

  /** The one that begins most like it; the last of them when none does. */
  private static String nearest(String text, List<String> known) {
    return known.stream().max(Comparator.comparingInt(name -> shared(text, name))).orElseThrow();
  }

  private static int shared(String a, String b) {
    int length = Arrays.mismatch(a.toCharArray(), b.toCharArray());
    return length < 0 ? a.length() : length;
  }
}
