package rollout.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import rollout.port.PortException;
import rollout.report.ExitCode;

/** What every command does: open a session, run in it, close it. */
@CommandLine.Command
abstract class Command implements Callable<Integer> {
  /** What help says of a flag's name. */
  static final String FLAG = "The flag's name at GitLab, such as gitaly_commit_stats.";

  @Spec private CommandSpec self;

  @Override
  public final Integer call() throws Exception {
    Root root = (Root) self.root().userObject();
    try (Session session = root.session()) {
      return run(session).number();
    }
  }

  /**
   * Does the work.
   *
   * @throws CommandFailure with an exit code of its own
   * @throws PortException when the state (6, or 2 when it is refused) or a server failed
   */
  abstract ExitCode run(Session session) throws Exception;
}
