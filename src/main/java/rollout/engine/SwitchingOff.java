package rollout.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import rollout.core.Backoff;
import rollout.core.Exchange;
import rollout.core.Seal;
import rollout.engine.SwitchOff.Outcome;
import rollout.engine.SwitchOff.Target;
import rollout.engine.SwitchOff.Terms;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.port.PortException;
import rollout.port.Waiter;

/** Switches off in one environment: does what {@link Seal} says is next, until it is over. */
final class SwitchingOff {
  /** A token that was refused so often will not be taken the next time. */
  private static final int REFUSALS = 3;

  private final InstantSource clock;
  private final Waiter waiter;
  private final Workers workers;
  private final SwitchOff.Listener listener;
  private final BooleanSupplier stopped;
  private FlagName flag;
  private Target target;
  private Terms terms;
  private Instant begun;
  private Seal seal;
  private int refusals;

  SwitchingOff(
      InstantSource clock,
      Waiter waiter,
      Workers workers,
      SwitchOff.Listener listener,
      BooleanSupplier stopped) {
    this.clock = clock;
    this.waiter = waiter;
    this.workers = workers;
    this.listener = listener;
    this.stopped = stopped;
  }

  Outcome run(FlagName name, Target there, Terms how) throws InterruptedException {
    flag = name;
    target = there;
    terms = how;
    begun = clock.instant();
    seal = Seal.begin(terms.pace().get());
    while (!isOver()) {
      switch (seal.step(clock.instant())) {
        case SAY_OFF -> attempt(this::sayOff);
        case READ -> attempt(this::read);
        case WAIT -> waiter.awaitUntil(earlier(seal.nextAt(), deadline()));
        case DONE -> throw new AssertionError("over but not over");
        default -> throw new AssertionError(seal);
      }
      seal = seal.at(terms.pace().get());
    }
    return outcome();
  }

  private boolean isOver() {
    boolean enough = seal.isSealed() || seal.isOff() && !terms.seal();
    return enough || refusals >= REFUSALS || isGivenUp();
  }

  private boolean isGivenUp() {
    return stopped.getAsBoolean() || !clock.instant().isBefore(deadline());
  }

  /**
   * The time without OFF counts from the beginning, the time without a seal from when it is due.
   */
  private Instant deadline() {
    return terms.timeout().isZero()
        ? Instant.MAX
        : seal.expectedAt().orElse(begun).plus(terms.timeout());
  }

  private Outcome outcome() {
    if (seal.isSealed()) {
      return Outcome.SEALED;
    }
    boolean asWanted = stopped.getAsBoolean() || !terms.seal();
    return seal.isOff() && asWanted ? Outcome.OFF : Outcome.NOT_VERIFIED;
  }

  private void sayOff() throws PortException, InterruptedException {
    Instant askedAt = clock.instant();
    Optional<GateState> off = SayingOff.say(workers, target.flags(), flag, this::isGivenUp);
    if (off.isPresent()) {
      Exchange said = new Exchange(askedAt, clock.instant());
      seal = seal.saidOff(said);
      listener.off(target.environment(), said, seal);
    }
  }

  private void read() throws PortException {
    Instant askedAt = clock.instant();
    GateState gates = target.flags().read(flag).gates();
    Instant at = clock.instant();
    if (gates.isOff()) {
      seal = seal.readOff(new Exchange(askedAt, at));
    } else {
      readOn(at, gates);
    }
    if (seal.isSealed()) {
      listener.sealed(target.environment(), at);
    }
  }

  private void readOn(Instant at, GateState gates) {
    seal = seal.readOn(at);
    if (!seal.isOff()) {
      begun = at;
      listener.onAgain(target.environment(), at, gates);
    }
  }

  private void attempt(Step step) throws InterruptedException {
    try {
      step.take();
      refusals = 0;
    } catch (PortException failure) {
      refusals += failure.kind() == PortException.Kind.REFUSED ? 1 : 0;
      // each wait twice before the next longer one: in the first seconds another try helps most
      int waits = seal.attempts() / 2;
      Instant retryAt =
          Backoff.next(clock.instant(), waits, failure.retryAfter(), target.environment());
      seal = seal.failed(retryAt);
      listener.failed(target.environment(), retryAt, failure);
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private interface Step {
    void take() throws PortException, InterruptedException;
  }
}
