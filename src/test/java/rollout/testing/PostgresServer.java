package rollout.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server on loopback, in a folder of its own. It refuses to run as root, so root
 * starts it as another user; that takes no right that a plain container lacks.
 */
public final class PostgresServer {
  /** Who the tests are to it. */
  public static final String USER = "postgres";

  /** A text that nobody could take for anything else. */
  public static final String PASSWORD = "s3cret-of-the-tests";

  /** Ways to be nobody, the surest first: each is a prefix of a command. */
  private static final List<List<String>> AS_ANOTHER_USER =
      List.of(
          List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
          List.of("runuser", "-u", "nobody", "--"),
          List.of("unshare", "-U"));

  private static final int SECONDS = 60;

  private final List<String> prefix;
  private final Path programs;
  private final Path folder;
  private final int port;

  private PostgresServer(List<String> prefix, Path programs, Path folder, int port) {
    this.prefix = prefix;
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Makes a server and starts it.
   *
   * @throws IOException when none of the ways to do so worked; the message says why not
   */
  static PostgresServer begin() throws IOException {
    Path folder = Files.createTempDirectory("postgres");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> prefix = prefix();
    List<String> complaints = new ArrayList<>();
    for (Path programs : PostgresBinaries.folders(Files.createDirectory(folder.resolve("own")))) {
      Path data = folder.resolve("server" + complaints.size());
      PostgresServer server = new PostgresServer(prefix, programs, data, freePort());
      try {
        server.make();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.end(folder)));
        return server;
      } catch (IOException failed) {
        complaints.add(failed.getMessage());
      }
    }
    delete(folder);
    throw new IOException(
        complaints.isEmpty() ? "there are no programs for it here" : String.join("\n", complaints));
  }

  /** Who must not be root becomes somebody else. */
  private static List<String> prefix() throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      return List.of();
    }
    for (List<String> prefix : AS_ANOTHER_USER) {
      try {
        run(with(prefix, "true"));
        return prefix;
      } catch (IOException notThisWay) {
        continue;
      }
    }
    throw new IOException("it will not run as root, and nothing here makes another user of us");
  }

  /** The URL of one of its databases, as {@code --state} takes it. */
  public String url(String database) {
    return "postgresql://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port + "/" + database;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  private void make() throws IOException {
    Path password = Files.writeString(folder.resolveSibling("password"), PASSWORD + "\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    run(
        with(
            prefix,
            programs.resolve("initdb").toString(),
            "--pgdata=" + folder,
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
  }

  /** Starts it, on the same port as before. Returns when it answers. */
  public void start() throws IOException {
    String options =
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
            + " -c shared_buffers=16MB -c dynamic_shared_memory_type=mmap";
    control("start", "--options=" + options, "--log=" + folder.resolve("log"));
  }

  /** Stops it; whoever is connected is cut off. */
  public void stop() throws IOException {
    control("stop", "--mode=immediate");
  }

  /** By the process id in its own folder, so that no other server is met. */
  private void control(String what, String... options) throws IOException {
    List<String> command =
        with(prefix, programs.resolve("pg_ctl").toString(), what, "--pgdata=" + folder, "--wait");
    command.addAll(List.of(options));
    run(command);
  }

  private void end(Path all) {
    try {
      stop();
    } catch (IOException stopped) {
      // It was not running.
    }
    delete(all);
  }

  private static List<String> with(List<String> prefix, String... command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    return all;
  }

  private static void run(List<String> command) throws IOException {
    Path said = Files.createTempFile("said", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " did not end in " + SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException(command + " failed: " + Files.readString(said));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    } finally {
      Files.delete(said);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException inUse) {
      // What is left lies in the folder for such things.
    }
  }
}
