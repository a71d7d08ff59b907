package rollout.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.RolloutState;
import rollout.engine.Observer;
import rollout.report.EventLine;
import rollout.report.Frame;
import rollout.report.Style;

/** Shows a rollout while it is driven: a picture that changes, or a line for each event. */
abstract class View implements Observer {
  final Session session;
  private Optional<RolloutState> before = Optional.empty();

  private View(Session session) {
    this.session = session;
  }

  /** What suits the terminal; {@code alone} when no other rollout shares it. */
  static View of(Session session, boolean alone) {
    return of(session, alone, session.machine().clock());
  }

  static View of(Session session, boolean alone, InstantSource clock) {
    Optional<Screen> screen = session.machine().screen().filter(View::hasRoom);
    return alone && screen.isPresent() && !session.options().isJson()
        ? new Live(session, clock, screen.get())
        : new Lines(session, !alone);
  }

  /** A picture that does not fit would leave its torn-off lines all over the terminal. */
  private static boolean hasRoom(Screen screen) {
    return screen.size().columns() >= Frame.NARROWEST;
  }

  /** A rollout that was there before the first event this view hears of. */
  void opened(RolloutState state) {
    before = Optional.of(state);
  }

  @Override
  public final synchronized void recorded(Event event, RolloutState after) {
    show(before.filter(state -> !(event instanceof Event.Started)), event, after);
    before = Optional.of(after);
  }

  @Override
  public void troubled(String why) {
    session.note("warning: " + why);
  }

  abstract void show(Optional<RolloutState> before, Event event, RolloutState after);

  /** A line for each event that says something. */
  private static final class Lines extends View {
    private final boolean named;

    Lines(Session session, boolean named) {
      super(session);
      this.named = named;
    }

    @Override
    void show(Optional<RolloutState> before, Event event, RolloutState after) {
      String line = EventLine.of(before, event, session.machine().zone());
      if (!line.isEmpty()) {
        PrintWriter people = session.people();
        people.println(named ? after.flag() + " " + line : line);
        people.flush();
      }
    }
  }

  /** One picture, drawn over the last. */
  private static final class Live extends View {
    private static final long REDRAW_NANOS = 100_000_000L;

    private final InstantSource clock;
    private final Style style;
    private final Screen screen;
    private final Picture picture;
    private long drawnAt;

    Live(Session session, InstantSource clock, Screen screen) {
      super(session);
      this.clock = clock;
      this.style = TerminalStyle.style(session);
      this.screen = screen;
      this.picture = new Picture(session.people(), Optional.of(screen));
    }

    @Override
    void show(Optional<RolloutState> before, Event event, RolloutState after) {
      boolean routine = event instanceof Event.Measured || event instanceof Event.Judged;
      draw(after, !routine);
    }

    @Override
    public synchronized void waiting(RolloutState state, Instant until) {
      draw(state, false);
    }

    @Override
    public synchronized void troubled(String why) {
      super.troubled(why);
      picture.leave();
    }

    private void draw(RolloutState state, boolean now) {
      long time = session.machine().nanoTime().getAsLong();
      if (!now && picture.isDrawn() && time - drawnAt < REDRAW_NANOS) {
        return;
      }
      drawnAt = time;
      int width = screen.size().columns() - 1;
      picture.draw(
          Frame.draw(state, clock.instant(), session.machine().zone(), width, style),
          state.phase().isEnd());
    }
  }
}
