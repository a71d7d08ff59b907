package rollout.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import rollout.config.PlanFile;
import rollout.config.PlanReader;
import rollout.config.SecretResolver;
import rollout.core.Actor;
import rollout.core.RolloutState;
import rollout.journal.LocalProcesses;
import rollout.journal.Store;
import rollout.journal.Stores;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.report.ExitCode;
import rollout.report.Invocation;

/**
 * One run of a command: what it reads, opens and prints, each only when it is needed. Shared by the
 * threads that see to several flags.
 */
final class Session implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Machine machine;
  private final GlobalOptions options;
  private Optional<PlanFile> planFile = Optional.empty();

  /** Of its own, because a state may take minutes to open, and an abort goes on without it. */
  private final Object opening = new Object();

  private volatile Optional<Store> store = Optional.empty();
  private Optional<Wiring> wiring = Optional.empty();

  Session(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  Machine machine() {
    return machine;
  }

  GlobalOptions options() {
    return options;
  }

  /** Where lines for people go: beside the JSON document, never into it. */
  PrintWriter people() {
    return options.isJson() ? machine.err() : machine.out();
  }

  /** A line on stderr. */
  void note(String text) {
    machine.err().println(text);
    machine.err().flush();
  }

  /** Prints the one document of {@code -o json}. */
  void print(JsonNode document) {
    try {
      machine.out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
      machine.out().flush();
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** The file that holds the plan, whether or not it is there. */
  Path configPath() {
    return machine
        .directory()
        .resolve(
            options
                .config
                .or(() -> machine.variable("ROLLOUT_CONFIG").map(Path::of))
                .orElse(Path.of("rollout.yaml")));
  }

  /**
   * The plan's file, read once.
   *
   * @throws CommandFailure (2) when it cannot be read
   */
  synchronized PlanFile planFile() {
    if (planFile.isEmpty()) {
      planFile = Optional.of(readPlan(configPath()));
    }
    return planFile.get();
  }

  /** The plan's file if there is one and it can be read. */
  Optional<PlanFile> planFileIfAny() {
    return Files.isRegularFile(configPath()) ? Optional.of(planFile()) : Optional.empty();
  }

  PlanFile readPlan(Path file) {
    String name = named(file);
    try {
      return PlanReader.read(name, Files.readString(file));
    } catch (NoSuchFileException absent) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "There is no plan at " + name + ". Name one with --config FILE or $ROLLOUT_CONFIG.",
          absent);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "Could not read the plan " + name + ": " + unreadable.getMessage() + ".",
          unreadable);
    }
  }

  private String named(Path file) {
    Path relative =
        file.startsWith(machine.directory()) ? machine.directory().relativize(file) : file;
    return relative.toString();
  }

  /** How this program was called, for lines that people copy. */
  Invocation invocation() {
    return machine.invocation(options);
  }

  /** Whether the user or the environment says where rollouts are remembered. */
  boolean hasExplicitState() {
    return options.state.isPresent() || machine.variable("ROLLOUT_STATE").isPresent();
  }

  /** The state as it may be shown: without a password. */
  String stateName() {
    return Stores.shown(stateUrl());
  }

  private String stateUrl() {
    return options
        .state
        .or(() -> machine.variable("ROLLOUT_STATE"))
        .orElseGet(() -> "sqlite:" + defaultState());
  }

  private Path defaultState() {
    Path base =
        machine
            .variable("XDG_STATE_HOME")
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> Path.of(machine.variable("HOME").orElse("."), ".local", "state"));
    return base.resolve("rollout").resolve("rollout.db").toAbsolutePath();
  }

  /**
   * The state, opened once.
   *
   * @throws PortException when it cannot be opened
   */
  Store store() throws PortException {
    synchronized (opening) {
      if (store.isEmpty()) {
        Store opened = Stores.open(stateUrl(), machine.environment(), processes());
        store = Optional.of(opened);
        machine.interruptions().beforeHalt(opened::close);
      }
      return store.get();
    }
  }

  LocalProcesses processes() {
    return new LocalProcesses(machine.host());
  }

  /** The adapters, made from the plan's file where there is one. */
  synchronized Wiring wiring() {
    if (wiring.isEmpty()) {
      Path parent = configPath().toAbsolutePath().getParent();
      SecretResolver secrets = new SecretResolver(machine.environment(), parent);
      List<rollout.plan.Environment> inFile = fileEnvironments();
      wiring = Optional.of(new Wiring(machine, secrets, inFile));
    }
    return wiring.get();
  }

  private List<rollout.plan.Environment> fileEnvironments() {
    try {
      return planFileIfAny().map(PlanFile::environments).orElse(List.of());
    } catch (CommandFailure unreadable) {
      note("warning: " + unreadable.getMessage());
      return List.of();
    }
  }

  /** Who types this. */
  Actor actor() {
    return Acting.on(machine);
  }

  /**
   * A flag's name from the command line.
   *
   * @throws CommandFailure (2) when it is none
   */
  static FlagName flag(String text) {
    try {
      return new FlagName(text);
    } catch (IllegalArgumentException bad) {
      throw new CommandFailure(ExitCode.USAGE, bad.getMessage(), bad);
    }
  }

  /**
   * The newest rollout of a flag.
   *
   * @throws CommandFailure (3) when it was never rolled out here
   * @throws PortException when the state did not answer
   */
  RolloutId newest(FlagName flag, Journal.Kind kind) throws PortException {
    return store()
        .journal()
        .newest(flag, kind)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.REFUSED,
                    flag
                        + " was never rolled out with this state ("
                        + stateName()
                        + "). Begin with: "
                        + invocation().line("start", flag.value())));
  }

  /** A rollout as its journal tells it. */
  RolloutState state(RolloutId rollout) throws PortException {
    return RolloutState.fold(store().journal().read(rollout).events());
  }

  @Override
  public void close() {
    wiring.ifPresent(Wiring::close);
    store.ifPresent(Store::close);
  }
}
