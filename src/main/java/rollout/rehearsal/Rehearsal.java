package rollout.rehearsal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import rollout.core.Decider;
import rollout.core.Event;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.engine.Desk;
import rollout.engine.Observer;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.plan.Stage;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.sandbox.Sandbox;
import rollout.sandbox.Scenario;
import rollout.sandbox.Tester;

/** A plan against the sandbox, in time of its own, with a tester who gives the approvals. */
public final class Rehearsal implements AutoCloseable {
  private static final long SEED = 1;

  private final Sandbox sandbox;
  private final VirtualTime time;
  private final Plan plan;
  private Optional<Journal> journal = Optional.empty();
  private Optional<Asked> asked = Optional.empty();

  /** A stage that waits for the tester. */
  private record Asked(RolloutId rollout, Stage stage, Instant answerAt) {}

  /**
   * Starts the servers.
   *
   * @param speed virtual seconds per real second; empty = what is pleasant to watch
   * @param start the first moment of its time
   * @param nanoTime real time in nanoseconds
   */
  public Rehearsal(
      Plan plan,
      FlagName flag,
      Scenario scenario,
      Optional<Double> speed,
      Instant start,
      LongSupplier nanoTime) {
    double pace = speed.orElseGet(() -> Speed.of(plan, start, Tester.SCRIPTED.delay()));
    this.time = new VirtualTime(start, pace, nanoTime);
    this.sandbox = new Sandbox(plan, flag, scenario, time, SEED);
    sandbox.start();
    this.plan = sandbox.sandboxPlan();
  }

  /** The plan with the sandbox's servers in it. */
  public Plan plan() {
    return plan;
  }

  /** When the harm of the scenario began; empty when it has not. */
  public Optional<Instant> onset() {
    return sandbox.world().onset();
  }

  /** How many calls the flag has harmed so far. */
  public long harmed() {
    return sandbox.world().harmed(time.instant());
  }

  /** The time in which everything happens. */
  public InstantSource time() {
    return time;
  }

  /** Where the tester writes approvals, as anybody would. */
  public void approveThrough(Journal where) {
    journal = Optional.of(where);
  }

  /** Waits in the rehearsal's time, and lets the tester answer when it is time to. */
  public Waiter waiter() {
    return new Waiter() {
      @Override
      public void awaitUntil(Instant until) throws InterruptedException {
        Optional<Asked> due = asked.filter(one -> !one.answerAt().isAfter(until));
        time.awaitUntil(due.map(Asked::answerAt).orElse(until));
        due.filter(one -> !time.instant().isBefore(one.answerAt()))
            .ifPresent(Rehearsal.this::answer);
      }

      @Override
      public void wake() {
        time.wake();
      }
    };
  }

  /** An observer that tells the tester of what is asked, and passes everything on. */
  public Observer alongside(Observer other) {
    return new Observer() {
      @Override
      public void recorded(Event event, RolloutState state) {
        other.recorded(event, state);
        if (event instanceof Event.ApprovalAsked question) {
          asked =
              state
                  .stage()
                  .map(
                      stage ->
                          new Asked(
                              state.rollout(), stage, Tester.SCRIPTED.answerAt(question.at())));
        }
      }

      @Override
      public void troubled(String why) {
        other.troubled(why);
      }

      @Override
      public void waiting(RolloutState state, Instant until) {
        other.waiting(state, until);
      }
    };
  }

  /** Says yes; refused while anything is not clear, and then tried again at the next wait. */
  private void answer(Asked question) {
    try {
      Desk desk = Desk.open(journal.orElseThrow(), question.rollout(), Observer.NONE);
      Optional<String> refusal =
          desk.request(
              state ->
                  Decider.decide(
                      state,
                      new Input.Approve(
                          time.instant(),
                          question.stage().name(),
                          Tester.SCRIPTED.actor(),
                          Optional.of(Tester.SCRIPTED.words(question.stage())))));
      boolean stillAsked = refusal.isPresent() && desk.state().takeBack().isEmpty();
      asked =
          stillAsked
              ? Optional.of(
                  new Asked(
                      question.rollout(),
                      question.stage(),
                      time.instant().plus(question.stage().interval())))
              : Optional.empty();
    } catch (PortException silent) {
      throw new IllegalStateException(silent);
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
