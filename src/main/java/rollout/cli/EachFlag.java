package rollout.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import rollout.config.ConfigException;
import rollout.core.RolloutState;
import rollout.engine.Workers;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.report.ExitCode;

/** Does the same for several flags side by side; one that is refused does not stop the others. */
final class EachFlag {
  private final Session session;

  EachFlag(Session session) {
    this.session = session;
  }

  /** What is done for one flag. */
  interface Work {
    ExitCode run(Session session, FlagName flag, View view)
        throws PortException, InterruptedException;
  }

  /**
   * Runs it for each, prints the document of {@code -o json}, and says the gravest exit code.
   *
   * @throws InterruptedException when this thread is to stop
   */
  ExitCode run(List<FlagName> flags, Work work) throws PortException, InterruptedException {
    if (flags.size() == 1) {
      return alone(flags.get(0), work);
    }
    return sideBySide(flags, work);
  }

  private ExitCode alone(FlagName flag, Work work) throws PortException, InterruptedException {
    try {
      ExitCode code = work.run(session, flag, View.of(session, true));
      return Finish.print(session, session.machine().clock(), code, states(List.of(flag)));
    } catch (CommandFailure refused) {
      return Finish.refuse(session, flag, refused, states(List.of(flag)));
    }
  }

  /** The same, and what is refused for one flag is only said, even when it is the only one. */
  ExitCode sideBySide(List<FlagName> flags, Work work) throws PortException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(flags.size());
    try {
      List<Callable<ExitCode>> calls = new ArrayList<>();
      flags.forEach(flag -> calls.add(() -> guarded(flag, work)));
      List<ExitCode> codes = Workers.of(pool).all(calls);
      return Finish.print(
          session, session.machine().clock(), ExitCode.gravest(codes), states(flags));
    } finally {
      pool.shutdownNow();
    }
  }

  private ExitCode guarded(FlagName flag, Work work) throws InterruptedException {
    try {
      return work.run(session, flag, View.of(session, false));
    } catch (CommandFailure | ConfigException | PortException failed) {
      session.note(flag + ": " + failed.getMessage());
      return Main.codeOf(failed);
    }
  }

  private List<RolloutState> states(List<FlagName> flags) throws PortException {
    List<RolloutState> states = new ArrayList<>();
    if (session.options().isJson()) {
      for (FlagName flag : flags) {
        Optional<RolloutId> newest = session.store().journal().newest(flag, Journal.Kind.REAL);
        if (newest.isPresent()) {
          states.add(session.state(newest.get()));
        }
      }
    }
    return states;
  }
}
