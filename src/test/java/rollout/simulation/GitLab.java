package rollout.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;

/** One environment as it truly is: its gates, all it ever was, and what is on its way to it. */
final class GitLab {
  /** Whose token every process of ours bears. */
  static final String MARKER = "User:1";

  /** Who had the flag before the rollout began, where anybody had. */
  static final String FORMER = "User:7";

  /** Who changed the flag. */
  enum Hand {
    OURS,
    OTHERS
  }

  /**
   * The gates from a moment on.
   *
   * @param from in milliseconds
   */
  record Change(long from, GateState gates, Hand by) {}

  /**
   * One write of ours.
   *
   * @param exposure what a raise asks for; off for a {@code false}, null for the marker
   * @param actor whom it enables alone: the marker, or somebody from before; null for the others
   * @param connectedAt when its connection stood, before its last check
   * @param sentAt when it left the process
   */
  record Write(
      String process, long epoch, Exposure exposure, String actor, long connectedAt, long sentAt) {
    boolean isOff() {
      return exposure != null && exposure.isOff();
    }

    boolean isMarker() {
      return MARKER.equals(actor);
    }

    boolean isRestore() {
      return FORMER.equals(actor);
    }
  }

  final String name;
  final Deque<Fault> writeFaults = new ArrayDeque<>();
  long downUntil;
  long staleUntil;
  private final List<Change> changes = new ArrayList<>();

  GitLab(String name) {
    this.name = name;
    changes.add(new Change(Long.MIN_VALUE, GateState.OFF, Hand.OTHERS));
  }

  /** The gates in force. */
  GateState gates() {
    return last().gates();
  }

  Change last() {
    return changes.get(changes.size() - 1);
  }

  /** All that was in force at any time since that moment, the latest first. */
  List<Change> since(long moment) {
    List<Change> some = new ArrayList<>();
    for (int i = changes.size() - 1; i >= 0; i--) {
      some.add(changes.get(i));
      if (changes.get(i).from() <= moment) {
        break;
      }
    }
    return some;
  }

  /** Whose doing it is how many see the flag: actors set on top change nothing in that. */
  Hand exposedBy() {
    int i = changes.size() - 1;
    while (i > 0 && changes.get(i - 1).gates().exposure().equals(gates().exposure())) {
      i--;
    }
    return changes.get(i).by();
  }

  /** Whether a raise of ours was ever in force; a marker on top of somebody's is none. */
  boolean wasRaised() {
    for (int i = 1; i < changes.size(); i++) {
      Exposure now = changes.get(i).gates().exposure();
      boolean changed = !now.equals(changes.get(i - 1).gates().exposure());
      if (changed && !now.isOff() && changes.get(i).by() == Hand.OURS) {
        return true;
      }
    }
    return false;
  }

  GateState asOf(long moment) {
    List<Change> some = since(moment);
    return some.get(some.size() - 1).gates();
  }

  void change(long now, GateState gates, Hand by) {
    if (!gates.equals(gates())) {
      changes.add(new Change(now, gates, by));
    }
  }

  /** What the gates would be after this write, as GitLab does it. */
  GateState after(Write write) {
    GateState before = gates();
    if (write.actor() != null) {
      return before.everybody() ? before : before.withActor(write.actor());
    }
    return before.everybody() && !write.isOff() && !write.exposure().isFull()
        ? before
        : before.with(Gate.PERCENTAGE_OF_ACTORS, write.exposure());
  }
}
