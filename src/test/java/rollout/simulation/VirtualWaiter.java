package rollout.simulation;

import java.time.Instant;
import rollout.port.Waiter;

/** A process that waits in virtual time, and looks up soon after somebody wrote to the journal. */
final class VirtualWaiter implements Waiter {
  private static final long LOOKS_UP_WITHIN = 250;

  private final World world;
  private final Timeline.Program program;
  private boolean woken;
  private boolean waiting;

  VirtualWaiter(World world) {
    this.world = world;
    this.program = world.time().current();
  }

  @Override
  public void awaitUntil(Instant until) {
    if (!woken) {
      long moment = until.toEpochMilli() - Timeline.BEGIN.toEpochMilli();
      // a fraction of a millisecond that is left would make it ask for ever
      waiting = true;
      world.time().sleepUntil(Math.max(moment, world.time().now() + 1));
      waiting = false;
    }
    woken = false;
  }

  @Override
  public void wake() {
    woken = world.time().current() == program || world.time().current() == null;
    if (waiting) {
      program.wakeAt(world.time().now());
    }
  }

  /** Somebody wrote to the journal. */
  void stir() {
    if (waiting) {
      program.wakeAt(world.time().now() + world.chance().between(1, LOOKS_UP_WITHIN));
    }
  }
}
