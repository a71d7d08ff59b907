package rollout.report;

import java.util.List;
import java.util.stream.Collectors;
import rollout.core.Event;
import rollout.plan.diff.Change;

/** What a plan and the one that replaces it differ in, for people. */
public final class ReplanText {
  private ReplanText() {}

  /** One line a change, ended by {@code \n}; what loosens is marked. */
  public static String diff(List<Change> changes) {
    return changes.stream()
        .map(one -> (one.loosens() ? "LOOSENS  " : "         ") + Escape.line(one.words()) + "\n")
        .collect(Collectors.joining());
  }

  /** How many changes, and how many of them loosen: {@code 3 changes, 1 of them loosens}. */
  public static String count(List<Change> changes) {
    long loose = changes.stream().filter(Change::loosens).count();
    String all = EventWords.count(changes, "change");
    if (loose == 0) {
      return all + ", none of which loosens it";
    }
    return all + ", " + loose + " of which " + (loose == 1 ? "loosens it" : "loosen it");
  }

  /** Everything on one line. */
  static String line(Event.Replanned event) {
    String changes =
        event.changes().stream()
            .map(one -> (one.loosens() ? "LOOSENS " : "") + one.words())
            .collect(Collectors.joining("; "));
    return "plan replaced by "
        + event.actor()
        + ": "
        + event.reason()
        + " ("
        + changes
        + (event.beginsAnew() ? "; the watch begins anew)" : ")");
  }
}
