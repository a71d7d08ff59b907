package rollout.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import rollout.core.RolloutState;
import rollout.plan.Durations;
import rollout.plan.FlagName;
import rollout.report.ExitCode;
import rollout.report.StatusText;

/** Says who watches what is on: this process, a schedule, or nobody; and how to go on. */
final class WatchWords {
  private final Session session;

  WatchWords(Session session) {
    this.session = session;
  }

  /** This process begins to watch: whoever kills it should have read what that means. */
  void begins(FlagName flag) {
    if (!session.options().isJson()) {
      session.note(
          "This process watches "
              + flag
              + " while it runs; once it is gone nobody does, until "
              + session.invocation().line("start", flag.value())
              + " or a scheduled "
              + session.invocation().line("tick", "--all")
              + " goes on.");
    }
  }

  /** Nothing stays behind: a schedule has to take over. */
  void detached(RolloutState state) {
    if (state.end().isEmpty()) {
      session.note(
          "Nothing stays behind to watch "
              + state.flag()
              + ": "
              + session.invocation().line("tick", "--all")
              + " has to run every "
              + Durations.words(state.plan().stages().get(0).interval())
              + " or so, from cron or a pipeline's schedule.");
    }
  }

  /** The process was told to stop. */
  void stopped(RolloutState state) {
    if (state.started().sandbox()) {
      session.note(
          "Stopped. It was a sandbox: no real server was asked for anything. Again: "
              + session.invocation().line("start", state.flag().value(), "--sandbox"));
    } else if (state.takeBack().isPresent()) {
      session.note(takingBack(state) + " Finish it: " + line("resume", state));
    } else if (state.end().isEmpty()) {
      session.note(
          "Held where it is. "
              + unwatched(state)
              + " Go on: "
              + line("start", state)
              + "\nSwitch off: "
              + line("abort", state));
    }
  }

  /** The journal is lost to us: nobody watches from here, and what is on stays on. */
  void journalLost(RolloutState state) {
    if (state.isAnythingOn()) {
      session.note(unwatched(state) + " Switch it off: " + line("abort", state));
    }
  }

  /** The flag may still be on, and this program stops trying: people have to. */
  void byHand(ExitCode code, RolloutState state) {
    if (code == ExitCode.NOT_VERIFIED && state.takeBack().isPresent()) {
      List<String> on =
          state.takeBack().get().seals().entrySet().stream()
              .filter(one -> !one.getValue().isOff())
              .map(Map.Entry::getKey)
              .toList();
      session.note(state.flag() + " is NOT VERIFIED off: it may still be on.");
      session.note(Recipe.byHand(state.flag(), on));
    }
  }

  private String takingBack(RolloutState state) {
    return state
        .takeBack()
        .orElseThrow()
        .expectedAt()
        .map(at -> state.flag() + " is off; not sealed until " + clockTime(at) + ".")
        .orElse(state.flag() + " may still be ON.");
  }

  private String unwatched(RolloutState state) {
    return state.isAnythingOn()
        ? state.flag()
            + " stays on ("
            + StatusText.inForce(state)
            + "), and nobody watches it since "
            + clockTime(session.machine().clock().instant())
            + ", unless a scheduled rollout tick does."
        : state.flag() + " is not on anywhere.";
  }

  private String line(String command, RolloutState state) {
    return session.invocation().line(command, state.flag().value());
  }

  private String clockTime(Instant at) {
    return at.atZone(session.machine().zone()).toLocalTime().withNano(0).toString();
  }
}
