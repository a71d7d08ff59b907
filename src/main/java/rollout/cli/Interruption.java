package rollout.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import rollout.report.ExitCode;

/**
 * Ends a command on Ctrl-C or SIGTERM with words and an exit code of its own, within two seconds. A
 * shutdown hook, because that is the only way Java offers without internal classes; halting in it
 * is what lets us choose the exit code.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 500;

  private final CountDownLatch settled = new CountDownLatch(1);
  private final Runnable stop;
  private final Supplier<ExitCode> lastResort;
  private final Thread hook;
  private volatile Optional<ExitCode> concluded = Optional.empty();
  private volatile boolean asked;

  /**
   * @param stop asks the command to come to an end soon
   * @param lastResort settles things in the command's place when it is stuck; says the exit code
   */
  Interruption(Runnable stop, Supplier<ExitCode> lastResort) {
    this.stop = stop;
    this.lastResort = lastResort;
    this.hook = new Thread(this::onSignal, "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The command knows how it ends, and only tidies up: the last resort would be in its way. */
  void concluded(ExitCode exitCode) {
    concluded = Optional.of(exitCode);
  }

  /** The command has settled what the signal asked for. */
  void settled(ExitCode exitCode) {
    concluded(exitCode);
    settled.countDown();
  }

  /** Whether a signal came. */
  boolean isAsked() {
    return asked;
  }

  private void onSignal() {
    asked = true;
    stop.run();
    ExitCode code = ExitCode.HELD;
    try {
      code = end();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(code.number());
    }
  }

  /** What the command itself concludes counts, even while the last resort is at work. */
  private ExitCode end() throws InterruptedException {
    boolean hangs = !settled.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (hangs && concluded.isEmpty()) {
      ExitCode code = lastResort.get();
      return concluded.orElse(code);
    }
    settled.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    return concluded.orElse(ExitCode.HELD);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      settled.countDown();
    }
  }
}
