package rollout.sandbox;

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
 */
public record Scenario(Kind kind, Optional<Stage> stage) {
  /** Nothing goes wrong. */
  public static final Scenario HEALTHY = new Scenario(Kind.HEALTHY, Optional.empty());

  /** What can go wrong. */
  public enum Kind {
    /** Nothing. */
    HEALTHY,
    /** Calls that see the flag fail. */
    ERRORS,
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

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads {@code healthy} or {@code KIND@STAGE}, such as {@code errors@mid}.
   *
   * @throws IllegalArgumentException naming the kinds, the plan's stages and the nearest scenario,
   *     when it is neither
   */
  public static Scenario parse(String text, Plan plan) {
    String[] parts = text.strip().split("@", -1);
    if (parts.length == 1 && parts[0].equals(Kind.HEALTHY.toString())) {
      return HEALTHY;
    }
    Optional<Kind> kind = harms().stream().filter(k -> k.toString().equals(parts[0])).findFirst();
    Optional<Stage> stage =
        plan.indexOf(parts[parts.length - 1]).map(index -> plan.stages().get(index));
    if (parts.length != 2 || kind.isEmpty() || stage.isEmpty()) {
      throw new IllegalArgumentException(complaint(text, parts, plan));
    }
    return new Scenario(kind.get(), stage);
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
    return stage.map(where -> kind + "@" + where.name()).orElse(kind.toString());
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
