package rollout.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
      "Plays a plan over the past of its Prometheus: where it would have stopped, and which limit"
          + " would not have. GitLab is not asked.",
      "With --traces each line of a file is one rollout; the default comparison judges it look by"
          + " look and prints {\"id\", \"verdict\": \"rollback\"|\"pass\", \"t\"}, t being the second of the"
          + " look that decided. Neither a plan nor a server is needed."
    })
final class BacktestCommand extends Command {
  @Parameters(paramLabel = "FLAG", arity = "0..1", description = Command.FLAG)
  Optional<String> flagName = Optional.empty();

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      description = "How much of the past; 30d when nothing is said.")
  Optional<Duration> last = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Where it ends, such as 2026-11-22T08:00:00Z; now when nothing is said.")
  Optional<String> until = Optional.empty();

  @Option(
      names = "--traces",
      paramLabel = "FILE",
      description = "Recorded rollouts, one JSON document on each line.")
  Optional<Path> traces = Optional.empty();

  @Override
  ExitCode run(Session session) throws PortException, InterruptedException {
    if (traces.isPresent() == flagName.isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE, "backtest takes a FLAG, or recorded rollouts with --traces FILE.");
    }
    return traces.isPresent()
        ? judge(session, session.machine().directory().resolve(traces.get()))
        : new PlanBacktest(session, Session.flag(flagName.get())).run(last, until);
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
