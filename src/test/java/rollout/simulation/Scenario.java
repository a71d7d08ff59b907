package rollout.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * All that tells one rollout from another.
 *
 * @param seed of everything that is left to chance besides
 * @param options of the plan and of who drives it
 */
record Scenario(long seed, Set<Option> options, List<Fault> faults) {
  /** A turn of the plan, or of how it is driven. */
  enum Option {
    SCOPE_ALL,
    NO_MARKER,
    NO_DATA_ROLLS_BACK,
    APPROVAL,
    SHORT_LEASE,
    /** Production is two cells. */
    CELLS,
    /** Gates from before are put back after a rollback. */
    BASELINE,
    NO_LAG,
    /** A schedule drives it: one tick after the other, each a process of its own. */
    TICKS
  }

  Scenario {
    options = Set.copyOf(options);
    faults = List.copyOf(faults);
  }

  /** Whether a guardrail compares those with the flag with those without: in one of eight. */
  boolean compares() {
    return Math.floorMod(seed, 8) == 5;
  }

  boolean has(Option option) {
    return options.contains(option);
  }

  Scenario without(int fault) {
    List<Fault> fewer = new ArrayList<>(faults);
    fewer.remove(fault);
    return new Scenario(seed, options, fewer);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed " + seed + " " + options);
    faults.forEach(fault -> text.append("\n  ").append(fault));
    return text.toString();
  }
}
