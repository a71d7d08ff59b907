package rollout.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import rollout.engine.Workers;
import rollout.plan.FlagName;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.ListJson;

/** Switches flags off side by side: which ones, the document of {@code -o json}, the exit code. */
final class Abort {
  private final Session session;
  private final AbortCommand command;

  Abort(Session session, AbortCommand command) {
    this.session = session;
    this.command = command;
  }

  ExitCode run(List<FlagName> names) throws InterruptedException {
    Interruptions.UnderWay underWay =
        session.machine().interruptions().register(() -> {}, this::nothingSent);
    ExecutorService pool = Executors.newCachedThreadPool(Abort::daemon);
    try {
      List<FlagName> flags = command.all ? underWay(pool) : names.stream().distinct().toList();
      List<AbortOfFlag> aborts =
          flags.stream().map(flag -> new AbortOfFlag(session, command, flag, pool)).toList();
      underWay.isOver();
      return run(aborts, pool);
    } finally {
      underWay.isOver();
      pool.shutdown();
    }
  }

  private ExitCode run(List<AbortOfFlag> aborts, ExecutorService pool) throws InterruptedException {
    if (aborts.isEmpty()) {
      session.note(
          "No rollout is under way here ("
              + session.stateName()
              + "), so nothing was switched off. To switch a flag off all the same, name it.");
    }
    List<Callable<ExitCode>> calls = new ArrayList<>();
    aborts.forEach(abort -> calls.add(abort::run));
    List<ExitCode> codes = Workers.of(pool).all(calls);
    if (session.options().isJson()) {
      List<ObjectNode> documents = aborts.stream().map(AbortOfFlag::document).toList();
      session.print(documents.size() == 1 ? documents.get(0) : ListJson.of(documents));
    }
    return ExitCode.gravest(codes);
  }

  /** Every flag whose rollout is not over; over is only what is sealed. */
  private List<FlagName> underWay(ExecutorService pool) throws InterruptedException {
    Promptly<List<Journal.Entry>> list =
        Promptly.ask(pool, () -> session.store().journal().list(Journal.Kind.REAL));
    return list.answer()
        .map(
            entries ->
                entries.stream()
                    .filter(entry -> !entry.finished())
                    .map(Journal.Entry::flag)
                    .distinct()
                    .toList())
        .orElseThrow(() -> unknown(list.trouble()));
  }

  private static CommandFailure unknown(Optional<PortException> trouble) {
    return new CommandFailure(
        ExitCode.NOT_VERIFIED,
        "--all asks the state which flags are under way, and it did not answer"
            + trouble.map(silent -> ": " + silent.getMessage()).orElse(" in time.")
            + " Nothing was switched off. Name the flags instead.",
        trouble.orElse(null));
  }

  /** A signal came before there was anything to stop. */
  private ExitCode nothingSent() {
    session.note("Stopped before anything was sent: whatever was on may still be ON.");
    return ExitCode.NOT_VERIFIED;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "abort");
    thread.setDaemon(true);
    return thread;
  }
}
