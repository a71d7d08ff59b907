package rollout.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.RolloutState;
import rollout.plan.Durations;
import rollout.plan.Stage;
import rollout.port.Head;
import rollout.port.Leases;

/** Where a rollout is, for {@code status FLAG}. */
public final class StatusText {
  private static final int LABEL_COLUMNS = 13;

  /** The header names who started it on a line that is cut: a job's address does not fit there. */
  private static final int HEADER_ROOM = 40;

  private StatusText() {}

  /**
   * The text, lines ended by {@code \n}, none wider than the larger of {@code width} and {@link
   * Frame#NARROWEST}.
   *
   * @param driver who drives it now, if anybody does
   * @param head the last event's place and hash
   */
  public static String of(
      RolloutState state,
      Instant now,
      Optional<Leases.Taken> driver,
      Head head,
      ZoneId zone,
      int width,
      Style style) {
    Standing standing = new Standing(state, now);
    Times times = new Times(zone);
    int room = Math.max(Frame.NARROWEST, width);
    List<Line> lines = new ArrayList<>(Frame.header(standing, times));
    Frame.addPart(lines, facts(standing, driver, head, times, room));
    Frame.addPart(lines, Frame.body(standing, times, room, style.invocation()));
    return Line.draw(lines, room, style);
  }

  /** What is or may be on, such as {@code staging 100%, production 5%}. */
  public static String inForce(RolloutState state) {
    return new Standing(state, state.lastAt()).exposureWords();
  }

  private static List<Line> facts(
      Standing standing, Optional<Leases.Taken> driver, Head head, Times times, int width) {
    RolloutState state = standing.state();
    List<Line> lines = new ArrayList<>();
    String who = Escape.line(state.started().actor().toString());
    if (Columns.of(who) > HEADER_ROOM) {
      add(lines, "by", who, width);
    }
    state.started().reason().ifPresent(why -> add(lines, "why", Escape.line(why), width));
    state.replanned().ifPresent(one -> add(lines, "plan", replanned(one, times), width));
    add(lines, "in force", standing.exposureWords(), width);
    standing
        .watching()
        .verifiedAt()
        .filter(at -> standing.watching().running().isPresent())
        .ifPresent(at -> add(lines, "since", since(standing, at, times), width));
    next(standing, times).ifPresent(next -> add(lines, "then", next, width));
    if (state.end().isEmpty()) {
      Attention attention = new Attention(state, standing.now(), driver);
      add(lines, "driven by", driver.map(StatusText::driver).orElse("nobody now"), width);
      attention
          .lastLookAt()
          .ifPresent(at -> add(lines, "last look", since(standing, at, times), width));
      attention
          .warning(times)
          .ifPresent(words -> lines.addAll(Wrap.lines(words, "  ", width, Tint.BAD)));
    }
    add(lines, "audit", "event " + head.seq() + ", " + head.hash(), width);
    return lines;
  }

  private static String replanned(Event.Replanned event, Times times) {
    return Escape.line(
        "replaced "
            + times.day(event.at())
            + " by "
            + event.actor().name()
            + ", "
            + ReplanText.count(event.changes())
            + ": "
            + event.reason());
  }

  private static String since(Standing standing, Instant at, Times times) {
    return times.day(at) + ", " + Times.distance(standing.now(), at);
  }

  private static Optional<String> next(Standing standing, Times times) {
    RolloutState state = standing.state();
    if (standing.watching().running().isEmpty()) {
      return Optional.empty();
    }
    String after =
        state
            .nextStage()
            .map(stage -> "stage " + stage.name() + ", " + target(stage))
            .orElse("completed");
    String earliest =
        standing
            .watching()
            .bakeEndsAt()
            .filter(at -> at.isAfter(standing.now()))
            .map(at -> ", " + times.day(at) + " at the earliest")
            .orElse("");
    return Optional.of(Escape.line(after) + earliest);
  }

  private static String target(Stage stage) {
    String share = EventWords.share(stage.exposure(), stage.place());
    return share + " for " + Durations.words(stage.bake());
  }

  private static String driver(Leases.Taken taken) {
    Leases.Holder holder = taken.holder();
    String where = holder.host() + ", process " + holder.processId();
    String left = Times.words(taken.left());
    return Escape.line(holder.name() + " on " + where + ", lease for another " + left);
  }

  private static void add(List<Line> lines, String name, String text, int width) {
    Line lead = Line.of(Columns.pad("  " + name, LABEL_COLUMNS), Tint.FAINT);
    lines.addAll(Wrap.behind(lead, text, width));
  }
}
