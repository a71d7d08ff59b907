package rollout.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import rollout.core.Decider;
import rollout.core.Decision;
import rollout.core.Input;
import rollout.engine.Desk;
import rollout.engine.Lent;
import rollout.engine.Observer;
import rollout.engine.Preflight;
import rollout.engine.Servers;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.plan.Stage;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.StaleVersion;
import rollout.port.Waiter;
import rollout.report.ExitCode;

/** Begins a rollout: preflight, the one question, the lease, the first event. */
final class Starter {
  private static final String STOPPED =
      "Stopped in preflight: nothing was begun and nothing was changed.";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private final Session session;
  private final InstantSource clock;
  private final Waiter waiter;

  Starter(Session session, InstantSource clock, Waiter waiter) {
    this.session = session;
    this.clock = clock;
    this.waiter = waiter;
  }

  /** What a person says about a new rollout. */
  record Wish(
      FlagName flag,
      Plan plan,
      Optional<String> limit,
      Optional<String> reason,
      List<String> overrides,
      boolean sandbox,
      boolean asks) {}

  /**
   * Begins.
   *
   * @throws CommandFailure (3) with every objection or when the person says no, (5) when another
   *     rollout of the flag began meanwhile
   */
  Runner.Held begin(Wish wish, Servers servers, Observer observer)
      throws PortException, InterruptedException {
    Interruptions.UnderWay underWay =
        session.machine().interruptions().register(waiter::wake, this::stoppedBefore);
    List<Input.Override> overrides;
    try {
      overrides = preflight(wish, servers);
      if (wish.asks()) {
        ask(wish);
      }
    } finally {
      underWay.isOver();
    }
    if (session.machine().interruptions().isAsked()) {
      throw new CommandFailure(ExitCode.HELD, STOPPED);
    }
    RolloutId rollout = name(wish.flag(), clock.instant());
    Lent lent = new LeaseTaking(session).take(rollout, wish.plan().safety().lease(), false);
    Decision start =
        Decider.start(
            new Input.Start(
                clock.instant(),
                rollout,
                wish.flag(),
                wish.plan(),
                session.actor(),
                wish.reason(),
                Version.text(),
                wish.sandbox(),
                overrides,
                wish.limit()));
    try {
      Desk desk = Desk.begin(session.store().journal(), rollout, start, observer);
      return new Runner.Held(desk, lent);
    } catch (StaleVersion other) {
      session.store().leases().release(lent.lease());
      throw new CommandFailure(ExitCode.OTHER_RUNNER, other.getMessage(), other);
    }
  }

  private ExitCode stoppedBefore() {
    session.note(STOPPED);
    return ExitCode.HELD;
  }

  private List<Input.Override> preflight(Wish wish, Servers servers)
      throws PortException, InterruptedException {
    Preflight.Examined examined =
        new Preflight(servers, clock, waiter, session::note)
            .examine(wish.flag(), wish.plan(), wish.overrides());
    if (!examined.objections().isEmpty()) {
      refuseIfBegunMeanwhile(wish.flag());
      throw new CommandFailure(
          ExitCode.REFUSED,
          "Preflight refuses to begin; nothing was changed:\n  "
              + String.join(
                  "\n  ", examined.objections().stream().map(Preflight.Objection::text).toList()));
    }
    return examined.overrides();
  }

  /** What preflight found may be the work of another start of this flag, a moment ago. */
  private void refuseIfBegunMeanwhile(FlagName flag) throws PortException {
    for (Journal.Entry entry : session.store().journal().list(Journal.Kind.REAL)) {
      if (entry.flag().equals(flag) && !entry.finished()) {
        throw new CommandFailure(
            ExitCode.OTHER_RUNNER,
            "Rollout "
                + entry.rollout()
                + " of "
                + flag
                + " began meanwhile. Nothing was changed.");
      }
    }
  }

  private void ask(Wish wish) {
    if (session.machine().in().isEmpty()) {
      return;
    }
    Stage first = wish.plan().stages().get(0);
    session
        .people()
        .print(
            "Roll out "
                + wish.flag()
                + " in "
                + wish.plan().stages().size()
                + " stages, beginning with "
                + first.exposure()
                + " of "
                + first.place()
                + "? [y/N] ");
    session.people().flush();
    try {
      String answer = session.machine().in().get().readLine();
      if (answer == null || !answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y")) {
        throw new CommandFailure(
            ExitCode.REFUSED, "Not begun; nothing was changed. Say --yes to skip the question.");
      }
    } catch (IOException gone) {
      throw new CommandFailure(ExitCode.REFUSED, "Nobody answered; nothing was changed.", gone);
    }
  }

  private static RolloutId name(FlagName flag, Instant at) {
    SecureRandom random = new SecureRandom();
    StringBuilder tail = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      tail.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new RolloutId(flag + "-" + STAMP.format(at) + "-" + tail);
  }
}
