package rollout.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.config.ConfigException;
import rollout.config.PlanFile;
import rollout.config.SecretResolver;
import rollout.core.RolloutState;
import rollout.engine.SwitchOff;
import rollout.plan.Environment;
import rollout.plan.Origin;
import rollout.plan.SecretRef;
import rollout.report.ExitCode;

/**
 * Where {@code abort} switches off, and with which token. Whatever is missing or broken on the way
 * is a warning; only an environment that cannot be reached at all is lost, and named.
 */
final class AbortTargets {
  /** What the GitLab is called that only a url is known of. */
  private static final String UNNAMED = "gitlab";

  private final Session session;
  private final AbortCommand command;
  private final List<String> lost = new ArrayList<>();

  AbortTargets(Session session, AbortCommand command) {
    this.session = session;
    this.command = command;
  }

  /** Environments that could not be switched off for want of an address or a token. */
  List<String> lost() {
    return lost;
  }

  /** The targets for one flag, whose newest rollout is {@code state} if there is one. */
  List<SwitchOff.Target> find(Optional<RolloutState> state) {
    if (command.url.isPresent()) {
      String name = command.environments.isEmpty() ? UNNAMED : command.environments.get(0);
      Environment given =
          new Environment(
              name,
              SecretRef.text(command.url.get(), Origin.NONE),
              known(state).containsKey(name) ? known(state).get(name).token() : Optional.empty(),
              Map.of());
      return targets(List.of(given));
    }
    Map<String, Environment> known = known(state);
    if (!command.environments.isEmpty()) {
      return targets(command.environments.stream().map(name -> named(name, known)).toList());
    }
    List<Environment> touched = touched(state, known);
    return targets(touched.isEmpty() ? anywhere(known) : touched);
  }

  /** The journal's environments, then those that only the file names. */
  private Map<String, Environment> known(Optional<RolloutState> state) {
    Map<String, Environment> known = new LinkedHashMap<>();
    state.ifPresent(one -> one.plan().environments().forEach(env -> known.put(env.name(), env)));
    for (Environment environment : inFile()) {
      known.putIfAbsent(environment.name(), environment);
    }
    return known;
  }

  private List<Environment> inFile() {
    return file(session).map(PlanFile::environments).orElse(List.of());
  }

  /** The plan's file, if it is there and can be read. */
  static Optional<PlanFile> file(Session session) {
    try {
      return session.planFileIfAny();
    } catch (CommandFailure unreadable) {
      session.note("warning: " + unreadable.getMessage());
      return Optional.empty();
    }
  }

  private static List<Environment> touched(
      Optional<RolloutState> state, Map<String, Environment> known) {
    return state.map(RolloutState::touched).orElse(List.of()).stream().map(known::get).toList();
  }

  private List<Environment> anywhere(Map<String, Environment> known) {
    return known.isEmpty() ? List.of(named(UNNAMED, known)) : List.copyOf(known.values());
  }

  private Environment named(String name, Map<String, Environment> known) {
    return Optional.ofNullable(known.get(name))
        .orElseGet(
            () ->
                new Environment(
                    name,
                    SecretRef.text(addressVariable(name), Origin.NONE),
                    Optional.empty(),
                    Map.of()));
  }

  private String addressVariable(String name) {
    return session
        .machine()
        .variable("ROLLOUT_" + Wiring.shout(name) + "_URL")
        .or(() -> session.machine().variable("ROLLOUT_URL"))
        .orElse("");
  }

  private List<SwitchOff.Target> targets(List<Environment> environments) {
    List<SwitchOff.Target> targets = new ArrayList<>();
    for (Environment environment : environments) {
      try {
        targets.add(
            new SwitchOff.Target(
                environment.name(),
                session.wiring().flags(address(environment), token(environment))));
      } catch (CommandFailure | ConfigException unusable) {
        lost.add(environment.name());
        session.note(environment.name() + ": " + unusable.getMessage());
      }
    }
    return targets;
  }

  private String address(Environment environment) {
    String fallback = addressVariable(environment.name());
    String written = environment.url().text();
    if (written.isEmpty()) {
      String own =
          environment.name().equals(UNNAMED)
              ? ""
              : "$ROLLOUT_" + Wiring.shout(environment.name()) + "_URL or ";
      throw new CommandFailure(
          ExitCode.NOT_VERIFIED,
          "no address is known; say --url URL or set " + own + "$ROLLOUT_URL.");
    }
    try {
      return resolver().resolve(environment.url());
    } catch (ConfigException unset) {
      if (fallback.isEmpty()) {
        throw unset;
      }
      return fallback;
    }
  }

  private String token(Environment environment) {
    if (command.tokenFile.isPresent()) {
      Path file = session.machine().directory().resolve(command.tokenFile.get());
      return resolver().resolve(SecretRef.file(file.toString(), Origin.NONE));
    }
    try {
      return session.wiring().token(environment);
    } catch (ConfigException unset) {
      return Wiring.tokenVariables(environment.name()).stream()
          .flatMap(name -> session.machine().variable(name).stream())
          .findFirst()
          .orElseThrow(() -> unset);
    }
  }

  private SecretResolver resolver() {
    Path parent = session.configPath().toAbsolutePath().getParent();
    return new SecretResolver(session.machine().environment(), parent);
  }
}
