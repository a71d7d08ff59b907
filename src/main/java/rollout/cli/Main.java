package rollout.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import rollout.config.ConfigException;
import rollout.plan.Durations;
import rollout.port.PortException;
import rollout.report.Escape;
import rollout.report.ExitCode;

/** Where the program begins and ends. */
public final class Main {
  private static final Set<String> CHANGING =
      Set.of("start", "stage", "tick", "resume", "hold", "approve", "promote");

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Machine machine = machine();
    machine.interruptions().listen(whenNothingIsBegun(arguments));
    int code = run(machine, arguments);
    machine.interruptions().ended(code);
    System.exit(code);
  }

  /** What a signal means before a command has begun: nothing was sent, and nothing is done. */
  private static ExitCode whenNothingIsBegun(String[] arguments) {
    List<String> words = List.of(arguments);
    if (words.contains("abort")) {
      return ExitCode.NOT_VERIFIED;
    }
    boolean changes = words.stream().anyMatch(CHANGING::contains);
    return changes ? ExitCode.HELD : ExitCode.OK;
  }

  /**
   * Runs one command.
   *
   * @return its exit code, as the contract numbers it
   */
  public static int run(Machine machine, String... arguments) {
    Root root = new Root(machine);
    CommandLine commandLine = new CommandLine(root, new Factory());
    commandLine.setOut(machine.out());
    commandLine.setErr(machine.err());
    commandLine.setCaseInsensitiveEnumValuesAllowed(false);
    commandLine.registerConverter(Duration.class, Main::duration);
    commandLine.setParameterExceptionHandler(Main::onUsage);
    commandLine.setExecutionExceptionHandler(
        (failure, command, result) -> onFailure(failure, machine, root.options));
    int code = commandLine.execute(arguments);
    machine.out().flush();
    machine.err().flush();
    return code;
  }

  /** Nothing is nothing in every unit. */
  private static Duration duration(String text) {
    try {
      return text.equals("0") ? Duration.ZERO : Durations.parse(text);
    } catch (IllegalArgumentException bad) {
      throw new CommandLine.TypeConversionException(bad.getMessage());
    }
  }

  private static int onUsage(CommandLine.ParameterException usage, String[] arguments) {
    CommandLine command = usage.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Escape.line(usage.getMessage()));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(usage, err)) {
      err.print(
          command.getHelp().synopsisHeading() + command.getHelp().synopsis("Usage: ".length()));
    }
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  private static int onFailure(Exception failure, Machine machine, GlobalOptions options) {
    ExitCode code = codeOf(failure);
    if (code == ExitCode.INTERNAL) {
      machine
          .err()
          .println(
              "This is a bug in rollout: "
                  + Escape.line(String.valueOf(failure))
                  + ". Run it again with -v and report what it prints. A flag that may be on:"
                  + " "
                  + machine.invocation(options).line("abort", "FLAG"));
    } else {
      failure.getMessage().lines().map(Escape::line).forEach(machine.err()::println);
    }
    if (options.isJson()) {
      machine.out().println(document(failure, code));
    }
    if (options.verbose) {
      failure.printStackTrace(machine.err());
    }
    return code.number();
  }

  /** The one document of {@code -o json} when there is nothing else to print. */
  private static ObjectNode document(Exception failure, ExitCode code) {
    return new ObjectMapper()
        .createObjectNode()
        .put("error", Escape.line(String.valueOf(failure.getMessage())))
        .put("exit_code", code.number());
  }

  /** What a failure means for whoever called the program. */
  static ExitCode codeOf(Exception failure) {
    if (failure instanceof CommandFailure command) {
      return command.code();
    } else if (failure instanceof ConfigException) {
      return ExitCode.USAGE;
    } else if (failure instanceof PortException port) {
      return port.kind() == PortException.Kind.REFUSED ? ExitCode.USAGE : ExitCode.SILENT;
    } else if (failure instanceof InterruptedException) {
      return ExitCode.HELD;
    }
    return ExitCode.INTERNAL;
  }

  private static Machine machine() {
    boolean terminal = System.console() != null;
    return new Machine(
        System::getenv,
        printer(FileDescriptor.out),
        printer(FileDescriptor.err),
        terminal
            ? Optional.of(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
            : Optional.empty(),
        terminal ? Optional.of(Screen.ofTerminal(System::nanoTime)) : Optional.empty(),
        Path.of("").toAbsolutePath(),
        Clock.systemUTC(),
        System::nanoTime,
        ZoneId.systemDefault(),
        host(),
        System.getProperty("user.name", "unknown"),
        new Interruptions());
  }

  private static PrintWriter printer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }

  /** Makes commands, which have constructors without parameters. */
  private static final class Factory implements IFactory {
    private final IFactory usual = CommandLine.defaultFactory();

    @Override
    public <K> K create(Class<K> type) throws Exception {
      return usual.create(type);
    }
  }
}
