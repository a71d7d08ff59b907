package rollout.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rollout.core.Event;
import rollout.plan.Exposure;

/** What may never happen while a stage steps back, and before it may be entered again. */
final class StepBackInvariants {
  private static final int MOST_IN_A_STAGE = 2;

  /** A decision is acted on for so long, and so is the intent of the marker. */
  private static final long KEEPS = 60_000;

  /** What was there just before the decision may have been read from a cache. */
  private static final long STALE = 65_000;

  private final Must must;
  private final Map<String, Integer> taken = new HashMap<>();
  private final Set<String> unmarked = new HashSet<>();
  private final Map<String, Long> decided = new HashMap<>();
  private Exposure exposure;
  private String process = "";
  private long decidedAt;
  private boolean goingDown;
  private boolean acquitted;

  /** Says what went wrong unless it holds. */
  interface Must {
    void hold(boolean holds, String otherwise);
  }

  StepBackInvariants(Must must) {
    this.must = must;
  }

  /** Whether it is on its way to the exposure before. */
  boolean isGoingDown() {
    return goingDown;
  }

  /**
   * Between the decision and the marker nobody's off can be told from ours, and just before it a
   * read may not show one (decision 0024).
   */
  boolean hides(String environment, long now) {
    return unmarked.contains(environment) && now <= decidedAt + 2 * KEEPS;
  }

  /** The marker is there. */
  void marked(String environment) {
    unmarked.remove(environment);
  }

  /** The first that was not said to step back. */
  long firstOffAfter(String environment, List<Long> said) {
    Long since = decided.get(environment);
    return said.stream()
        .filter(at -> since == null || at > since + KEEPS)
        .findFirst()
        .orElse(said.get(said.size() - 1));
  }

  /** A write of ours that widens leaves its process. */
  void sent(GitLab.Write write) {
    if (exposure == null) {
      return;
    }
    String by = process;
    must.hold(
        !goingDown || write.process().equals(by),
        "I4: " + write.process() + " goes on with the step-back of " + by);
    must.hold(
        acquitted || write.exposure() == null || write.exposure().compareTo(exposure) <= 0,
        "I2: raised beyond " + exposure + " without an acquittal");
  }

  void recorded(Event event, World world) {
    if (event instanceof Event.StepBackDecided e) {
      int before = taken.merge(e.stage(), 1, Integer::sum);
      must.hold(before <= MOST_IN_A_STAGE, "I2: stepped back for the " + before + ". time");
      exposure = e.exposure();
      process = world.time().current().name();
      decidedAt = world.time().now();
      goingDown = true;
      acquitted = false;
      unmarked.addAll(e.environments());
      e.environments().forEach(cell -> decided.put(cell, decidedAt));
    } else if (event instanceof Event.SteppedBack) {
      goingDown = false;
      world.sources().trials().begin();
    } else if (event instanceof Event.Acquitted) {
      acquitted = true;
      must.hold(
          !world.sources().trials().speaksOfHarm(),
          "I2: acquitted although those who see the flag fare worse");
    } else if (event instanceof Event.RollbackDecided || event instanceof Event.AbortRequested) {
      goingDown = false;
      exposure = null;
    }
  }
}
