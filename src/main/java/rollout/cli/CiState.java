package rollout.cli;

import rollout.report.ExitCode;

/** A CI job's file system is thrown away, and a rollout's memory with it. */
final class CiState {
  private CiState() {}

  /**
   * @throws CommandFailure (2) in a CI job that names no state
   */
  static void require(Session session) {
    if (session.machine().isCi() && !session.hasExplicitState()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "This is a CI job ($CI is set) and no state is named: the default is a file that is"
              + " thrown away with the job, and a retry would know nothing of what was done. Name"
              + " one that is kept, with --state sqlite:PATH (an artifact or a cache), --state"
              + " postgresql://… or $ROLLOUT_STATE.");
    }
  }
}
