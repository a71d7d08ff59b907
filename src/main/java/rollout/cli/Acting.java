package rollout.cli;

import java.util.Optional;
import rollout.core.Actor;

/** Who runs this program, as far as it can be known without asking anybody. */
final class Acting {
  private static final String TERMINAL = "terminal";

  private Acting() {}

  /** The user of the operating system, its host, and the job of GitLab or GitHub around it. */
  static Actor on(Machine machine) {
    Optional<String> claim =
        machine.variable("GITLAB_USER_LOGIN").or(() -> machine.variable("GITHUB_ACTOR"));
    return new Actor(
        machine.user(), job(machine).orElse(TERMINAL), Optional.of(machine.host()), claim);
  }

  private static Optional<String> job(Machine machine) {
    return machine.variable("CI_JOB_URL").or(() -> gitHubRun(machine));
  }

  private static Optional<String> gitHubRun(Machine machine) {
    return machine
        .variable("GITHUB_RUN_ID")
        .map(
            run ->
                machine.variable("GITHUB_SERVER_URL").orElse("https://github.com")
                    + "/"
                    + machine.variable("GITHUB_REPOSITORY").orElse("")
                    + "/actions/runs/"
                    + run);
  }
}
