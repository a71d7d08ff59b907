package rollout.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import rollout.engine.Lent;
import rollout.plan.Durations;
import rollout.plan.RolloutId;
import rollout.port.Leases;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.report.ExitCode;

/** Takes the lease of a rollout, which makes this process the one that drives it. */
final class LeaseTaking {
  private final Session session;

  LeaseTaking(Session session) {
    this.session = session;
  }

  /**
   * Takes the lease.
   *
   * @param waits whether to wait for the end of a lease whose holder fell silent elsewhere
   * @throws CommandFailure (5) when another runner drives
   */
  Lent take(RolloutId rollout, Duration duration, boolean waits)
      throws PortException, InterruptedException {
    Leases leases = session.store().leases();
    Leases.Holder self = session.processes().self(session.machine().user());
    LongSupplier nanoTime = session.machine().nanoTime();
    long askedAt = nanoTime.getAsLong();
    Leases.Answer answer = leases.take(rollout, self, duration);
    if (answer instanceof Leases.Taken taken && waits && !taken.aliveHere()) {
      session.note(
          "Another runner ("
              + taken.holder().name()
              + " on "
              + taken.holder().host()
              + ") has the lease for "
              + Durations.words(taken.left())
              + " more; waiting for its end.");
      awaitEnd(session.machine().clock().instant().plus(taken.left()).plusMillis(50));
      askedAt = nanoTime.getAsLong();
      answer = leases.take(rollout, self, duration);
    }
    if (answer instanceof Leases.Granted granted) {
      return new Lent(granted.lease(), askedAt);
    }
    Leases.Taken taken = (Leases.Taken) answer;
    throw new CommandFailure(
        ExitCode.OTHER_RUNNER,
        "Another runner drives rollout "
            + rollout
            + ": "
            + taken.holder().name()
            + " on "
            + taken.holder().host()
            + ", process "
            + taken.holder().processId()
            + ". Nothing was changed. hold, approve, promote and abort work from here all the same.");
  }

  private void awaitEnd(Instant end) throws InterruptedException {
    InstantSource real = session.machine().clock();
    Interruptions interruptions = session.machine().interruptions();
    Waiter patience = new ClockWaiter(real);
    Interruptions.UnderWay underWay = interruptions.register(patience::wake, () -> ExitCode.HELD);
    try {
      while (real.instant().isBefore(end) && !interruptions.isAsked()) {
        patience.awaitUntil(end);
      }
    } finally {
      underWay.isOver();
    }
    if (interruptions.isAsked()) {
      throw new CommandFailure(
          ExitCode.HELD, "Stopped while waiting for the lease; nothing was changed.");
    }
  }
}
