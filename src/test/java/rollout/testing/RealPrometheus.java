package rollout.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Prometheus that runs while the tests of a class do: {@code @RegisterExtension static final
 * RealPrometheus PROMETHEUS = new RealPrometheus();}. It scrapes nothing; {@link #write} fills it,
 * up to 60 days back. Without the program on PATH the tests are skipped, with {@code CI=true} they
 * fail.
 */
public final class RealPrometheus implements BeforeAllCallback, AfterAllCallback {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int ATTEMPTS = 3;
  private static final String CONFIG = "storage:\n  tsdb:\n    out_of_order_time_window: 60d\n";

  private final String config;
  private Path directory;
  private Process process;
  private String url;

  /** One that knows only what is written to it. */
  public RealPrometheus() {
    this("");
  }

  /** One with this added to its configuration file. */
  public RealPrometheus(String config) {
    this.config = CONFIG + config;
  }

  /** Its address. */
  public String url() {
    return url;
  }

  /** Stores samples; they can be queried when this returns. */
  public void write(RemoteWrite samples) {
    samples.sendTo(url);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Optional<Path> program = onPath("prometheus");
    if (program.isEmpty()) {
      missing();
    }
    directory = Files.createTempDirectory("prometheus");
    Files.writeString(directory.resolve("prometheus.yml"), config);
    for (int attempt = 1; !started(program.orElseThrow()); attempt++) {
      // Somebody else may have taken the port between our finding it free and its use.
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException(
            "Prometheus did not get ready; it said:\n"
                + Files.readString(directory.resolve("output")));
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (directory == null) {
      return;
    }
    stop();
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private boolean started(Path program) throws IOException {
    int port = freePort();
    url = "http://127.0.0.1:" + port;
    process =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    "--config.file=" + directory.resolve("prometheus.yml"),
                    "--storage.tsdb.path=" + directory.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port,
                    "--storage.tsdb.retention.time=100d",
                    "--web.enable-remote-write-receiver"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    // Stopped too when the tests are interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    if (getsReady()) {
      return true;
    }
    stop();
    return false;
  }

  private boolean getsReady() {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (isReady()) {
        return true;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return false;
  }

  private boolean isReady() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url + "/-/ready").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(1000);
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void stop() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void missing() {
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("no prometheus on PATH; .ci/run must install it");
    }
    System.err.println("SKIPPED for want of a real Prometheus: no prometheus on PATH");
    Assumptions.abort("no prometheus on PATH");
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
