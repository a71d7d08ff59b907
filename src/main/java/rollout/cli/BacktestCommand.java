package rollout.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import rollout.adapter.traces.TraceFile;
import rollout.engine.TraceBacktest;
import rollout.engine.Workers;
import rollout.port.PortException;
import rollout.report.Escape;
import rollout.report.ExitCode;
import rollout.report.TraceJson;

/** {@code rollout backtest}: what the judges would have said of the past. */
@CommandLine.Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what the judges would have said of recorded rollouts.",
      "With --traces each line of a file is one rollout; the default comparison judges it look by"
          + " look and prints {\"id\", \"verdict\": \"rollback\"|\"pass\", \"t\"}, t being the second of the"
          + " look that decided. Neither a plan nor a server is needed."
    })
final class BacktestCommand extends Command {
  @Option(
      names = "--traces",
      paramLabel = "FILE",
      description = "Recorded rollouts, one JSON document on each line.")
  Optional<Path> traces = Optional.empty();

  @Override
  ExitCode run(Session session) throws PortException, InterruptedException {
    Path file =
        traces.orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "backtest cannot read a source's history yet; give it recorded rollouts with"
                        + " --traces FILE."));
    return judge(session, session.machine().directory().resolve(file));
  }

  private static ExitCode judge(Session session, Path file) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    PrintWriter out = session.machine().out();
    try (TraceFile traces = new TraceFile(file)) {
      List<PortException> broken =
          new TraceBacktest(traces, Workers.of(pool))
              .run(one -> out.println(TraceJson.line(one.id(), one.rolledBackAt())));
      broken.forEach(one -> session.machine().err().println(Escape.line(one.getMessage())));
      return broken.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    } catch (PortException unreadable) {
      throw new CommandFailure(ExitCode.USAGE, unreadable.getMessage(), unreadable);
    } finally {
      pool.shutdownNow();
    }
  }
}
