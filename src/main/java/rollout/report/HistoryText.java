package rollout.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.RolloutState;
import rollout.port.History;

/** Every event of a rollout, one line each; looks that say nothing new are folded into one. */
public final class HistoryText {
  private final Times times;
  private final boolean all;
  private final Table table = new Table().head("seq", "time", "event");
  private final List<Event.Judged> looks = new ArrayList<>();
  private Optional<RolloutState> state = Optional.empty();
  private long foldedFrom;
  private Instant foldedAt = Instant.EPOCH;

  private HistoryText(Times times, boolean all) {
    this.times = times;
    this.all = all;
  }

  /**
   * The text, never wider than {@code width}; reasons are not cut where {@code width} is 0.
   *
   * @param all whether each look has its own lines
   */
  public static String of(History history, ZoneId zone, boolean all, int width, Style style) {
    return new HistoryText(new Times(zone), all).draw(history, width, style);
  }

  private String draw(History history, int width, Style style) {
    long seq = 1;
    for (Event event : history.events()) {
      add(seq, event);
      seq++;
    }
    fold(seq);
    int room = width == 0 ? Integer.MAX_VALUE : width;
    String zone = history.events().isEmpty() ? "" : times.zoneAt(history.events().get(0).at());
    return Line.of(history.rollout() + ", times in " + zone).draw(room, style)
        + "\n"
        + Line.draw(table.lines(""), room, style);
  }

  private void add(long seq, Event event) {
    if (!all && EventWords.isQuiet(state, event)) {
      foldIn(seq, event);
    } else {
      unfold(seq, event);
      row(String.valueOf(seq), event.at(), EventWords.of(state, event));
    }
    state = state.map(before -> before.apply(event)).or(() -> begin(event));
  }

  private static Optional<RolloutState> begin(Event first) {
    return Optional.of(RolloutState.fold(List.of(first)));
  }

  private void foldIn(long seq, Event event) {
    if (foldedFrom == 0) {
      foldedFrom = seq;
      foldedAt = event.at();
    }
    if (event instanceof Event.Judged look) {
      looks.add(look);
    }
  }

  /** The measurement of a look that has news belongs to that look, not to those before it. */
  private void unfold(long seq, Event event) {
    fold(event instanceof Event.Judged ? seq - 1 : seq);
  }

  private void fold(long end) {
    if (!looks.isEmpty()) {
      Event.Judged last = looks.get(looks.size() - 1);
      row(foldedFrom + "-" + (end - 1), foldedAt, Escape.line(folded(looks.get(0), last)));
    }
    foldedFrom = 0;
    looks.clear();
  }

  private String folded(Event.Judged first, Event.Judged last) {
    return first.stage()
        + ": "
        + EventWords.count(looks, "look")
        + ", nothing new, until "
        + times.stamp(last.at());
  }

  private void row(String seq, Instant at, String words) {
    table.row(Line.of(seq, Tint.FAINT), Line.of(times.stamp(at)), Line.of(words));
  }
}
