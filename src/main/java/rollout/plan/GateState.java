package rollout.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Every gate of one flag in one environment, as GitLab's Features API shows it. Two states are
 * equal when all their gates are: {@code 100}, {@code true} and an absent zero are normalised.
 *
 * @param everybody the boolean gate
 * @param actors such as {@code User:42}, {@code Project:278964}, {@code User:42:opt_out}
 * @param groups named feature groups
 * @param percentageOfActors zero when that gate is not set
 * @param percentageOfTime zero when that gate is not set
 * @param others gates of kinds this program does not know, as {@code key=value}; never ignored
 */
public record GateState(
    boolean everybody,
    SortedSet<String> actors,
    SortedSet<String> groups,
    Percentage percentageOfActors,
    Percentage percentageOfTime,
    SortedSet<String> others) {
  /** No gate at all: never persisted, or switched off. */
  public static final GateState OFF = new GateState(false, none(), none(), zero(), zero(), none());

  public GateState {
    actors = frozen(actors);
    groups = frozen(groups);
    others = frozen(others);
    Objects.requireNonNull(percentageOfActors);
    Objects.requireNonNull(percentageOfTime);
  }

  /** Named actors and groups, and nobody else. */
  public static GateState of(Collection<String> actors, Collection<String> groups) {
    return new GateState(false, frozen(actors), frozen(groups), zero(), zero(), none());
  }

  /** On for everybody; what {@code value=true} leaves behind, whatever was set before. */
  public static GateState on() {
    return new GateState(true, none(), none(), zero(), zero(), none());
  }

  /** Whether no gate lets anybody see the flag. */
  public boolean isOff() {
    return equals(OFF);
  }

  /** Whether a percentage or the boolean gate is set: more than named actors and groups. */
  public boolean isWide() {
    return everybody
        || percentageOfActors.thousandths() > 0
        || percentageOfTime.thousandths() > 0
        || !others.isEmpty();
  }

  /** How much of the environment sees the flag; named actors and groups count as nobody. */
  public Exposure exposure() {
    if (everybody) {
      return Exposure.FULL;
    }
    boolean byActors = percentageOfActors.compareTo(percentageOfTime) >= 0;
    return new Exposure(byActors ? percentageOfActors : percentageOfTime);
  }

  /** The state after one more actor was enabled. */
  public GateState withActor(String actor) {
    SortedSet<String> more = new TreeSet<>(actors);
    more.add(actor);
    return new GateState(everybody, more, groups, percentageOfActors, percentageOfTime, others);
  }

  /**
   * The state GitLab shows after {@code exposure} was set on top of this one: a percentage replaces
   * its own gate and keeps the others, full and off wipe everything (facts of the Features API,
   * recorded truth table).
   */
  public GateState with(Gate gate, Exposure exposure) {
    if (exposure.isOff()) {
      return OFF;
    }
    if (exposure.isFull()) {
      return on();
    }
    boolean byActors = gate == Gate.PERCENTAGE_OF_ACTORS;
    return new GateState(
        everybody,
        actors,
        groups,
        byActors ? exposure.share() : percentageOfActors,
        byActors ? percentageOfTime : exposure.share(),
        others);
  }

  /** One line for people: {@code 5% of actors, actors User:42}, {@code on for everybody}. */
  @Override
  public String toString() {
    if (isOff()) {
      return "off";
    }
    StringBuilder text = new StringBuilder();
    append(text, everybody, "on for everybody");
    append(text, percentageOfActors.thousandths() > 0, percentageOfActors + " of actors");
    append(text, percentageOfTime.thousandths() > 0, percentageOfTime + " of time");
    append(text, !actors.isEmpty(), "actors " + String.join(" ", actors));
    append(text, !groups.isEmpty(), "groups " + String.join(" ", groups));
    append(text, !others.isEmpty(), "gates " + String.join(" ", others));
    return text.toString();
  }

  private static void append(StringBuilder text, boolean present, String part) {
    if (present) {
      text.append(text.isEmpty() ? "" : ", ").append(part);
    }
  }

  private static SortedSet<String> frozen(Collection<String> values) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(values));
  }

  private static SortedSet<String> none() {
    return Collections.emptySortedSet();
  }

  private static Percentage zero() {
    return Percentage.ZERO;
  }
}
