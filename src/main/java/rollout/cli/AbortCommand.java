package rollout.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.plan.FlagName;
import rollout.plan.Safety;
import rollout.report.ExitCode;

/** {@code rollout abort}: off, said twice, verified. Needs nothing but a url and a token. */
@CommandLine.Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description = {
      "Switch a flag off for everybody, now, and make sure that it stays off.",
      "Needs no plan and no state: a url and a token in $ROLLOUT_URL and $ROLLOUT_TOKEN will do."
    })
final class AbortCommand extends Command {
  @Parameters(paramLabel = "FLAG", arity = "0..*", description = "The flags to switch off.")
  List<String> flags = new ArrayList<>();

  @Option(names = "--all", description = "Every flag whose rollout is under way.")
  boolean all;

  @Option(names = "--environment", paramLabel = "ENV", description = "Only there. May be repeated.")
  List<String> environments = new ArrayList<>();

  @Option(names = "--url", paramLabel = "URL", description = "Only at this GitLab.")
  Optional<String> url = Optional.empty();

  @Option(names = "--no-wait", description = "End at OFF; do not wait for the seal.")
  boolean noWait;

  @Option(
      names = "--seal",
      paramLabel = "DURATION",
      description = "How long after OFF it is said again; default 300s.")
  Optional<Duration> seal = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "Give up when it is not OFF after so long; 0s = never. Default 10m.")
  Duration timeout = Duration.ofMinutes(10);

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the token, readable by its owner only.")
  Optional<Path> tokenFile = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal.")
  Optional<String> reason = Optional.empty();

  @Override
  ExitCode run(Session session) throws InterruptedException {
    if (all == !flags.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "abort takes the names of flags, or --all; not both, not neither.");
    }
    seal.filter(given -> given.compareTo(Safety.DEFAULT_SEAL) < 0)
        .ifPresent(
            given ->
                session.note(
                    "warning: a seal under 300s may end before a late raise arrives; the flag"
                        + " could come on again after SEALED."));
    List<FlagName> names = flags.stream().map(Session::flag).toList();
    return new Abort(session, this).run(names);
  }
}
