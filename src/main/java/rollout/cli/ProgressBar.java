package rollout.cli;

import java.time.Duration;
import java.time.Instant;
import rollout.report.BacktestText;
import rollout.report.Times;

/** How far a replay has come, on a terminal; nothing elsewhere. Drawn on stderr. */
final class ProgressBar implements AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Session session;
  private final Instant from;
  private final Instant to;
  private long drawnAt;
  private boolean drawn;

  ProgressBar(Session session, Instant from, Instant to) {
    this.session = session;
    this.from = from;
    this.to = to;
    this.drawnAt = session.machine().nanoTime().getAsLong();
  }

  /** The replay has come to this moment. */
  void reached(Instant moment) {
    long now = session.machine().nanoTime().getAsLong();
    if (session.machine().screen().isEmpty() || now - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = now;
    drawn = true;
    double share =
        (double) Duration.between(from, moment).toMillis()
            / Math.max(1, Duration.between(from, to).toMillis());
    String line =
        BacktestText.progress(
            Math.min(1, share),
            new Times(session.machine().zone()).day(moment),
            TerminalStyle.width(session) - 1,
            TerminalStyle.style(session));
    session.machine().err().print(CLEAR_LINE + line);
    session.machine().err().flush();
  }

  @Override
  public void close() {
    if (drawn) {
      session.machine().err().print(CLEAR_LINE);
      session.machine().err().flush();
    }
  }
}
