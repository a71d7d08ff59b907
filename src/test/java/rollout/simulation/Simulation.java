package rollout.simulation;

/** One rollout from its first process to its rest. */
final class Simulation {
  private static final long HOUR = 3_600_000;
  private static final long HEALED_AT = HOUR * 2 / 3;
  private static final long LATEST = 12 * HOUR;
  private static final long PEOPLE_LOOK_EVERY = HOUR / 6;

  private final Timeline.Threads threads;
  private final Rules rules;

  Simulation(Timeline.Threads threads, Rules rules) {
    this.threads = threads;
    this.rules = rules;
  }

  /**
   * Something that may never happen did.
   *
   * @param scenario how to see it again
   */
  record Violation(Scenario scenario, String what, String story) {
    /** The same for all violations of the same kind. */
    String kind() {
      return what.replaceAll("[^A-Za-z ]", "").replaceAll("(?<=^.{24}).*", "");
    }
  }

  /** What may never happen and did; null when all went well. */
  Violation play(Scenario scenario, Coverage coverage, boolean tells) {
    Timeline time = new Timeline(threads);
    Coverage.Rollout befallen = new Coverage.Rollout();
    World world = new World(scenario, rules, time, befallen, tells);
    try {
      Cast cast = new Cast(world);
      world.meet(cast);
      cast.enter();
      time.runUntil(HEALED_AT / 2);
      if (!isAtRest(world)) {
        cast.resume();
        time.runUntil(HEALED_AT);
      }
      if (!isAtRest(world)) {
        world.heal();
      }
      for (long at = HEALED_AT; !isAtRest(world) && at < LATEST; at += PEOPLE_LOOK_EVERY) {
        cast.resume();
        time.runUntil(at + PEOPLE_LOOK_EVERY);
      }
      world.invariants().ended();
      coverage.add(befallen, world.store().phase());
      return null;
    } catch (AssertionError | RuntimeException e) {
      return new Violation(scenario, String.valueOf(e.getMessage()), world.story() + trace(e));
    } finally {
      time.end();
    }
  }

  private static boolean isAtRest(World world) {
    return world.store().phase().isEnd();
  }

  private static String trace(Throwable why) {
    java.io.StringWriter text = new java.io.StringWriter();
    why.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
