package rollout.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import rollout.cli.Interruptions;
import rollout.cli.Machine;
import rollout.cli.Main;

/** The product as its users meet it: a command line in, an exit code and text out. */
public final class Product {
  private final Path directory;
  private final String user;
  private final Map<String, String> environment;
  private final InstantSource clock;

  private Product(
      Path directory, String user, Map<String, String> environment, InstantSource clock) {
    this.directory = directory;
    this.user = user;
    this.environment = environment;
    this.clock = clock;
  }

  /** In a directory, with a state of its own there. */
  public static Product in(Path directory) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("ROLLOUT_STATE", "sqlite:" + directory.resolve("state").resolve("rollout.db"));
    environment.put("HOME", directory.toString());
    return new Product(directory, "tester", environment, Clock.systemUTC());
  }

  /** The same with an environment variable; without it for null. */
  public Product with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put(name, value);
    changed.values().removeIf(Objects::isNull);
    return new Product(directory, user, changed, clock);
  }

  /** The same typed by somebody else: to the lease, another runner. */
  public Product typedBy(String other) {
    return new Product(directory, other, environment, clock);
  }

  /** The same with another clock. */
  public Product with(InstantSource other) {
    return new Product(directory, user, environment, other);
  }

  /** The folder of the state's file. */
  public Path state() {
    return directory.resolve("state");
  }

  /** Runs a command in this process, to its end. */
  public Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Machine machine =
        new Machine(
            environment::get,
            new PrintWriter(out),
            new PrintWriter(err),
            Optional.empty(),
            Optional.empty(),
            directory,
            clock,
            System::nanoTime,
            ZoneOffset.UTC,
            host(),
            user,
            new Interruptions());
    int code = Main.run(machine, arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  /** As the program itself finds it, so that both take each other for neighbours. */
  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }

  /** Begins a command as a process of its own. */
  public Running begin(String... arguments) {
    return Running.start(directory, environment, arguments);
  }

  /**
   * The same on another JVM's command line.
   *
   * @param java all of it, as far as the main class
   */
  public Running begin(List<String> java, String... arguments) {
    return Running.start(directory, environment, java, arguments);
  }
}
