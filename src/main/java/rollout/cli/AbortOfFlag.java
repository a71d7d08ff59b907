package rollout.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import rollout.config.PlanFile;
import rollout.core.Input;
import rollout.core.RolloutState;
import rollout.core.Seal;
import rollout.engine.SwitchOff;
import rollout.engine.Workers;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.plan.Safety;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.Waiter;
import rollout.report.ExitCode;
import rollout.report.StatusJson;

/**
 * The abort of one flag: its targets, the fence and the check of the spelling beside the first
 * request, the exit code. Waits for nothing but GitLab.
 */
final class AbortOfFlag {
  private static final Duration RECIPE_AFTER = Duration.ofSeconds(10);

  private final Session session;
  private final AbortCommand command;
  private final FlagName flag;
  private final ExecutorService pool;
  private final InstantSource clock;
  private final AbortFence fence;
  private final AbortTargets targets;
  private final AbortWords words;
  private final SpellingCheck spelling;
  private final SwitchOff switchOff;
  private final Interruptions.UnderWay underWay;
  private volatile Optional<RolloutState> journaled = Optional.empty();
  private Optional<ObjectNode> document = Optional.empty();

  AbortOfFlag(Session session, AbortCommand command, FlagName flag, ExecutorService pool) {
    this.session = session;
    this.command = command;
    this.flag = flag;
    this.pool = pool;
    this.clock = session.machine().clock();
    this.fence = new AbortFence(session);
    this.targets = new AbortTargets(session, command);
    this.words = new AbortWords(session, command, flag, fence);
    this.spelling = new SpellingCheck(flag, clock, () -> journaled.isPresent(), session::note);
    this.switchOff = new SwitchOff(clock, () -> new ClockWaiter(clock), Workers.of(pool), words);
    this.underWay = session.machine().interruptions().register(switchOff::stop, words::interrupted);
  }

  ExitCode run() throws InterruptedException {
    try {
      Promptly<Optional<RolloutState>> reading = Promptly.ask(pool, this::read);
      journaled = reading.answer().orElseGet(() -> without(reading.trouble()));
      List<SwitchOff.Target> found = targets.find(journaled);
      words.concernsWith(found, targets.lost());
      if (found.isEmpty()) {
        words.nowhere();
        return ExitCode.NOT_VERIFIED;
      }
      spelling.begin(found, pool);
      journaled.ifPresent(state -> fence.raise(state.rollout(), request(found)));
      if (journaled.isEmpty()) {
        reading.whenLate(late -> late.ifPresent(state -> takeUp(state, found)));
      }
      return switchOff(found);
    } finally {
      underWay.isOver();
    }
  }

  private Optional<RolloutState> read() throws PortException {
    Optional<RolloutId> newest = session.store().journal().newest(flag, Journal.Kind.REAL);
    return newest.isPresent() ? Optional.of(session.state(newest.get())) : Optional.empty();
  }

  private Optional<RolloutState> without(Optional<PortException> trouble) {
    session.note(
        "warning: going on without the state"
            + trouble
                .map(broken -> ". " + broken.getMessage())
                .orElse(", which has not answered yet."));
    return Optional.empty();
  }

  /** The journal answered after the first {@code false} had gone out. */
  private void takeUp(RolloutState state, List<SwitchOff.Target> found) {
    journaled = Optional.of(state);
    fence.raise(state.rollout(), request(found));
    if (command.environments.isEmpty() && command.url.isEmpty()) {
      words.missed(state.touched());
    }
  }

  private Input.Abort request(List<SwitchOff.Target> found) {
    List<String> environments = found.stream().map(SwitchOff.Target::environment).toList();
    return new Input.Abort(clock.instant(), environments, session.actor(), command.reason);
  }

  private ExitCode switchOff(List<SwitchOff.Target> found) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Waiter patience = new ClockWaiter(clock);
    pool.execute(() -> sayByHand(patience, over));
    List<SwitchOff.Outcome> outcomes;
    try {
      outcomes = switchOff.run(flag, found, terms());
    } finally {
      over.set(true);
      patience.wake();
    }
    ExitCode code = code(outcomes);
    underWay.concludes(code);
    fence.settle();
    words.ended(code, outcomes);
    boolean sealed = outcomes.stream().allMatch(SwitchOff.Outcome.SEALED::equals);
    document = fence.state().map(state -> StatusJson.of(state, clock.instant()));
    document = document.or(() -> Optional.of(words.document(code, sealed)));
    return code;
  }

  private SwitchOff.Terms terms() {
    Safety inFile =
        AbortTargets.file(session).flatMap(PlanFile::plan).map(Plan::safety).orElse(Safety.DEFAULT);
    return new SwitchOff.Terms(() -> pace(inFile), command.timeout, !command.noWait);
  }

  /** How long things take here, as the journal or else the plan's file says. */
  private Seal.Pace pace(Safety inFile) {
    Safety safety = journaled.map(state -> state.plan().safety()).orElse(inFile);
    Duration seal = command.seal.orElse(safety.seal());
    Instant now = clock.instant();
    return new Seal.Pace(safety.propagation(), seal, fence.provesQuiet(seal, now));
  }

  private void sayByHand(Waiter patience, AtomicBoolean over) {
    Instant due = clock.instant().plus(RECIPE_AFTER);
    try {
      while (!over.get() && clock.instant().isBefore(due)) {
        patience.awaitUntil(due);
      }
      if (!over.get()) {
        words.stillTrying();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private ExitCode code(List<SwitchOff.Outcome> outcomes) throws InterruptedException {
    boolean off =
        !outcomes.contains(SwitchOff.Outcome.NOT_VERIFIED) && words.reachedEveryEnvironment();
    return off && !spelling.isDoubtful() ? ExitCode.OK : ExitCode.NOT_VERIFIED;
  }

  /** What {@code -o json} prints of it. */
  ObjectNode document() {
    return document.orElseGet(() -> words.document(ExitCode.NOT_VERIFIED, false));
  }
}
