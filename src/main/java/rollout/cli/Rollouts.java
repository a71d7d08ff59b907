package rollout.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rollout.core.RolloutState;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.Leases;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.ListJson;
import rollout.report.ListText;

/** Finds rollouts for commands that only look. */
final class Rollouts {
  private Rollouts() {}

  /**
   * The one that was named, or the newest of the flag.
   *
   * @throws CommandFailure (3) when there is none, (2) when the name is none
   */
  static RolloutId named(Session session, Optional<String> flag, Optional<String> rollout)
      throws PortException {
    if (rollout.isEmpty()) {
      return session.newest(Session.flag(flag.orElseThrow()), Journal.Kind.ANY);
    }
    RolloutId id = parse(rollout.get());
    if (session.store().journal().version(id) == 0) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "The state has no rollout " + id + ". See: " + session.invocation().line("list"));
    }
    return id;
  }

  private static RolloutId parse(String text) {
    try {
      return new RolloutId(text);
    } catch (IllegalArgumentException bad) {
      throw new CommandFailure(ExitCode.USAGE, bad.getMessage(), bad);
    }
  }

  /** Every rollout, the newest first. */
  static List<RolloutState> all(Session session) throws PortException {
    List<RolloutState> states = new ArrayList<>();
    for (Journal.Entry entry : session.store().journal().list(Journal.Kind.ANY)) {
      states.add(session.state(entry.rollout()));
    }
    return states;
  }

  /** The newest rollout of each flag. */
  static List<RolloutState> newestOfEach(Session session) throws PortException {
    Set<FlagName> seen = new HashSet<>();
    List<RolloutState> states = new ArrayList<>();
    for (Journal.Entry entry : session.store().journal().list(Journal.Kind.ANY)) {
      if (seen.add(entry.flag())) {
        states.add(session.state(entry.rollout()));
      }
    }
    return states;
  }

  /** Now, in the time the rollout lived in: the sandbox's stands still when nobody drives it. */
  static Instant now(Session session, RolloutState state) {
    return state.started().sandbox() ? state.lastAt() : session.machine().clock().instant();
  }

  /** Who drives it now; nobody what is over. */
  static Optional<Leases.Taken> driver(Session session, RolloutState state) throws PortException {
    return state.end().isPresent()
        ? Optional.empty()
        : session.store().leases().holder(state.rollout());
  }

  /** Prints a list of rollouts as the user wants it. */
  static void print(Session session, List<RolloutState> states) throws PortException {
    Instant now = session.machine().clock().instant();
    Map<RolloutId, Leases.Taken> drivers = new HashMap<>();
    for (RolloutState state : states) {
      driver(session, state).ifPresent(taken -> drivers.put(state.rollout(), taken));
    }
    if (session.options().isJson()) {
      session.print(ListJson.of(states, now, drivers));
      return;
    }
    session
        .machine()
        .out()
        .print(
            ListText.of(
                states,
                drivers,
                now,
                session.machine().zone(),
                TerminalStyle.tableWidth(session),
                TerminalStyle.style(session)));
  }
}
