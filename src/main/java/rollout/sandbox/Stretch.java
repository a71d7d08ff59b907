package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import rollout.plan.Exposure;

/**
 * A stretch of time in which the same exposure was in force in the slowest process of GitLab.
 *
 * @param from inclusive
 * @param to exclusive; {@link Instant#MAX} while it lasts
 * @param exposure above 0 %
 */
record Stretch(Instant from, Instant to, Exposure exposure) {
  /**
   * What the gates came to: a raise is seen at once, and a cut only {@code propagation} later, for
   * that is when the last process has heard of it.
   *
   * @return those in which anybody saw the flag, in order, without overlap
   */
  static List<Stretch> of(List<GateChange> changes, Duration propagation) {
    TreeSet<Instant> edges = new TreeSet<>();
    for (GateChange change : changes) {
      edges.add(change.at());
      edges.add(change.at().plus(propagation));
    }
    List<Stretch> stretches = new ArrayList<>();
    for (Instant from : edges) {
      Exposure exposure = widest(changes, from, propagation);
      Instant next = edges.higher(from);
      if (!exposure.isOff()) {
        append(stretches, new Stretch(from, next == null ? Instant.MAX : next, exposure));
      }
    }
    return stretches;
  }

  private static void append(List<Stretch> stretches, Stretch next) {
    int last = stretches.size() - 1;
    if (last >= 0 && stretches.get(last).continuesAs(next)) {
      next = new Stretch(stretches.remove(last).from(), next.to(), next.exposure());
    }
    stretches.add(next);
  }

  private boolean continuesAs(Stretch next) {
    return to.equals(next.from()) && exposure.equals(next.exposure());
  }

  private static Exposure widest(List<GateChange> changes, Instant at, Duration propagation) {
    Exposure widest = Exposure.OFF;
    for (int i = 0; i < changes.size() && !changes.get(i).at().isAfter(at); i++) {
      boolean last = i + 1 == changes.size();
      if (last || changes.get(i + 1).at().plus(propagation).isAfter(at)) {
        Exposure exposure = changes.get(i).gates().exposure();
        widest = exposure.compareTo(widest) > 0 ? exposure : widest;
      }
    }
    return widest;
  }
}
