package rollout.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import rollout.report.ExitCode;
import rollout.report.ListJson;
import rollout.report.StatusJson;

/** Switches flags off: the targets, the fence beside the first request, the words. */
final class Abort {
  private static final Duration RECIPE_AFTER = Duration.ofSeconds(10);

  /** How long the journal may take to say where the flag was raised. */
  private static final long JOURNAL_SECONDS = 5;

  private final Session session;
  private final AbortCommand command;
  private final InstantSource clock;
  private final List<ObjectNode> documents = Collections.synchronizedList(new ArrayList<>());

  Abort(Session session, AbortCommand command) {
    this.session = session;
    this.command = command;
    this.clock = session.machine().clock();
  }

  ExitCode run(List<FlagName> names) throws InterruptedException {
    List<FlagName> flags = command.all ? underWay() : names.stream().distinct().toList();
    if (flags.isEmpty()) {
      session.note(
          "No rollout is under way here ("
              + session.stateName()
              + "), so nothing was switched off. To switch a flag off all the same, name it.");
    }
    List<ExitCode> codes = new ArrayList<>();
    ExecutorService pool = Executors.newCachedThreadPool(Abort::daemon);
    try {
      List<Callable<ExitCode>> calls = new ArrayList<>();
      flags.forEach(flag -> calls.add(() -> new OneFlag(flag, pool).run()));
      codes.addAll(Workers.of(pool).all(calls));
    } finally {
      pool.shutdown();
    }
    print(flags.size());
    return ExitCode.gravest(codes);
  }

  private void print(int flags) {
    if (session.options().isJson()) {
      session.print(flags == 1 ? documents.get(0) : ListJson.of(documents));
    }
  }

  private List<FlagName> underWay() {
    try {
      return session.store().journal().list(Journal.Kind.REAL).stream()
          .filter(entry -> !entry.finished())
          .map(Journal.Entry::flag)
          .distinct()
          .toList();
    } catch (PortException silent) {
      throw new CommandFailure(
          ExitCode.NOT_VERIFIED,
          "--all asks the state which flags are under way, and it did not answer: "
              + silent.getMessage()
              + " Name the flags instead.",
          silent);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "abort");
    thread.setDaemon(true);
    return thread;
  }

  /** The abort of one flag. */
  private final class OneFlag implements SwitchOff.Listener {
    private final FlagName flag;
    private final ExecutorService pool;
    private final Instant begun = clock.instant();
    private final AbortFence fence = new AbortFence(session);
    private final List<String> environments = new ArrayList<>();
    private final Set<String> off = ConcurrentHashMap.newKeySet();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, Seal> seals = new ConcurrentHashMap<>();

    OneFlag(FlagName flag, ExecutorService pool) {
      this.flag = flag;
      this.pool = pool;
    }

    ExitCode run() throws InterruptedException {
      Optional<RolloutState> state = journaled();
      AbortTargets targets = new AbortTargets(session, command);
      List<SwitchOff.Target> found = targets.find(state);
      found.forEach(target -> environments.add(target.environment()));
      environments.addAll(targets.lost());
      if (found.isEmpty()) {
        session.note(Recipe.byHand(flag, targets.lost()));
        documents.add(document(ExitCode.NOT_VERIFIED, false));
        return ExitCode.NOT_VERIFIED;
      }
      SwitchOff switchOff =
          new SwitchOff(clock, () -> new ClockWaiter(clock), Workers.of(pool), this);
      Typo typo = new Typo(flag, found, pool, state.isPresent());
      state.ifPresent(one -> fence.raise(one.rollout(), request(found)));
      Interruptions.UnderWay underWay =
          session.machine().interruptions().register(switchOff::stop, this::lastWords);
      try {
        List<SwitchOff.Outcome> outcomes = switchOff(switchOff, found, state);
        ExitCode code = code(outcomes, targets, typo);
        underWay.concludes(code);
        fence.settle();
        report(code, outcomes);
        return code;
      } finally {
        underWay.isOver();
      }
    }

    /** What the journal tells in good time: a state that hangs must not keep the flag on. */
    private Optional<RolloutState> journaled() throws InterruptedException {
      try {
        return pool.submit(this::read).get(JOURNAL_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException broken) {
        session.note("warning: going on without the state. " + broken.getCause().getMessage());
      } catch (TimeoutException silent) {
        session.note("warning: going on without the state, which has not answered yet.");
      }
      return Optional.empty();
    }

    private Optional<RolloutState> read() throws PortException {
      Optional<RolloutId> newest = session.store().journal().newest(flag, Journal.Kind.REAL);
      return newest.isPresent() ? Optional.of(session.state(newest.get())) : Optional.empty();
    }

    private Input.Abort request(List<SwitchOff.Target> targets) {
      List<String> environments = targets.stream().map(SwitchOff.Target::environment).toList();
      return new Input.Abort(clock.instant(), environments, session.actor(), command.reason);
    }

    private List<SwitchOff.Outcome> switchOff(
        SwitchOff switchOff, List<SwitchOff.Target> targets, Optional<RolloutState> state)
        throws InterruptedException {
      Safety safety = safety(state);
      Duration seal = command.seal.orElse(safety.seal());
      SwitchOff.Terms terms =
          new SwitchOff.Terms(
              () ->
                  new Seal.Pace(
                      safety.propagation(), seal, fence.provesQuiet(seal, clock.instant())),
              command.timeout,
              !command.noWait);
      ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Abort::daemon);
      timer.schedule(() -> sayByHand(targets), RECIPE_AFTER.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return switchOff.run(flag, targets, terms);
      } finally {
        timer.shutdownNow();
      }
    }

    /** How long things take here: as the journal or the plan's file says. */
    private Safety safety(Optional<RolloutState> state) {
      return state
          .map(RolloutState::plan)
          .or(() -> AbortTargets.file(session).flatMap(PlanFile::plan))
          .map(Plan::safety)
          .orElse(Safety.DEFAULT);
    }

    private void sayByHand(List<SwitchOff.Target> targets) {
      List<String> on =
          targets.stream()
              .map(SwitchOff.Target::environment)
              .filter(environment -> !off.contains(environment))
              .toList();
      if (!on.isEmpty()) {
        session.note(Recipe.byHand(flag, on) + "\nStill trying.");
      }
    }

    private ExitCode code(List<SwitchOff.Outcome> outcomes, AbortTargets targets, Typo typo)
        throws InterruptedException {
      if (outcomes.contains(SwitchOff.Outcome.NOT_VERIFIED) || !targets.lost().isEmpty()) {
        return ExitCode.NOT_VERIFIED;
      }
      Optional<String> misspelt = typo.found();
      misspelt.ifPresent(session::note);
      return misspelt.isPresent() ? ExitCode.NOT_VERIFIED : ExitCode.OK;
    }

    @Override
    public void off(String environment, Instant at, Seal seal) {
      seals.put(environment, seal);
      if (off.add(environment)) {
        String took = seconds(Duration.between(begun, at));
        session
            .people()
            .println(
                flag
                    + " is OFF in "
                    + environment
                    + ": off at GitLab after "
                    + took
                    + "; every process follows within 60 s.");
        session.people().flush();
      }
      fence.off(environment, at);
    }

    @Override
    public void sealed(String environment, Instant at) {
      session
          .people()
          .println(
              flag + " is SEALED in " + environment + ": no write of ours can switch it on again.");
      session.people().flush();
      fence.sealed(environment, at);
    }

    @Override
    public void failed(String environment, Instant retryAt, PortException why) {
      if (!why.getMessage().equals(failures.put(environment, why.getMessage()))) {
        session.note(environment + ": " + why.getMessage() + " Trying again until OFF.");
      }
    }

    /** Ctrl-C came while a request hung. */
    private ExitCode lastWords() {
      List<String> on = environments.stream().filter(name -> !off.contains(name)).toList();
      session.note(
          on.isEmpty() ? notSealed() : flag + " may still be ON in " + String.join(", ", on) + ".");
      return on.isEmpty() ? ExitCode.OK : ExitCode.NOT_VERIFIED;
    }

    private String notSealed() {
      String until =
          seals.values().stream()
              .flatMap(seal -> seal.expectedAt().stream())
              .max(Instant::compareTo)
              .map(at -> at.atZone(session.machine().zone()).toLocalTime().withNano(0).toString())
              .orElse("later");
      return flag
          + " is off; not sealed until "
          + until
          + ": a late raise could still arrive. Seal it: rollout abort "
          + flag;
    }

    private void report(ExitCode code, List<SwitchOff.Outcome> outcomes) {
      boolean sealed = outcomes.stream().allMatch(SwitchOff.Outcome.SEALED::equals);
      if (outcomes.contains(SwitchOff.Outcome.NOT_VERIFIED)) {
        session.note(flag + " is NOT VERIFIED off: it may still be on.");
        session.note(Recipe.byHand(flag, List.of()));
      } else if (!sealed) {
        session.note(notSealed());
      } else if (code == ExitCode.OK) {
        session.people().println("It is safe to go back to bed.");
      }
      documents.add(document(code, sealed));
    }

    private ObjectNode document(ExitCode code, boolean sealed) {
      return fence
          .state()
          .map(state -> StatusJson.of(state, clock.instant()))
          .orElseGet(() -> withoutJournal(code, sealed));
    }

    /** All that is known of a flag when no journal tells of it. */
    private ObjectNode withoutJournal(ExitCode code, boolean sealed) {
      ObjectNode document = Finish.nothing(flag.value());
      document.put("phase", sealed ? "aborted" : "sealing");
      document.put("sealed", sealed);
      document.put("reason", command.reason.orElse("aborted by " + session.actor()));
      ObjectNode exposure = document.putObject("exposure");
      environments.forEach(name -> exposure.put(name, off.contains(name) ? "off" : "unknown"));
      ExitCode asStatusSays = code == ExitCode.OK ? ExitCode.ABORTED : code;
      return document.put("exit_code", asStatusSays.number());
    }

    private static String seconds(Duration duration) {
      return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
  }
}
