package rollout.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program as a process of its own, which can be signalled and killed. */
public final class Running implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private Running(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it on the classes of this test run.
   *
   * @param directory where it runs and where its output is kept
   * @param environment all of its environment variables
   */
  static Running start(Path directory, Map<String, String> environment, String... arguments) {
    return start(directory, environment, java(), arguments);
  }

  /**
   * The same on another JVM's command line.
   *
   * @param java all of it, as far as the main class
   */
  static Running start(
      Path directory, Map<String, String> environment, List<String> java, String... arguments) {
    try {
      Path out = Files.createTempFile(directory, "stdout", ".txt");
      Path err = Files.createTempFile(directory, "stderr", ".txt");
      List<String> command = new ArrayList<>(java);
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new Running(builder.start(), out, err);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "rollout.cli.Main"));
    return command;
  }

  /** Whether it has not ended yet. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    end(Duration.ofSeconds(10));
  }

  /**
   * Sends a signal.
   *
   * @param name such as {@code INT}
   */
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it wherever it is, as {@code kill -STOP} does, and waits until it stands still. */
  public void freeze() {
    signal("STOP");
    Eventually.until(Duration.ofSeconds(10), "a process that stands still", this::standsStill);
  }

  /** Lets it go on. */
  public void thaw() {
    signal("CONT");
  }

  private boolean standsStill() {
    try {
      String pid = Long.toString(process.pid());
      Process asked = new ProcessBuilder("ps", "-o", "stat=", "-p", pid).start();
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .startsWith("T");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Waits for something that it brings about.
   *
   * @param what is waited for, in words
   * @throws AssertionError with its output when that was not seen in time, or not before it ended
   */
  public void until(Duration within, String what, BooleanSupplier seen) {
    try {
      Eventually.until(within, what, () -> seen.getAsBoolean() || !process.isAlive());
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "; it said:\n" + sofar(), late);
    }
    if (!process.isAlive() && !seen.getAsBoolean()) {
      throw new AssertionError("it ended before this: " + what + "; it said:\n" + sofar());
    }
  }

  /**
   * Waits for its end.
   *
   * @throws AssertionError when it did not end in time
   */
  public Ended end(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + within + ":\n" + sofar());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  /** Whether it has said this so far. */
  public boolean said(String words) {
    return sofar().contains(words);
  }

  private String sofar() {
    return text(out) + text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
