package rollout.cli;

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
  private volatile ExitCode code = ExitCode.HELD;
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

  /** The command has settled what the signal asked for. */
  void settled(ExitCode exitCode) {
    code = exitCode;
    settled.countDown();
  }

  /** Whether a signal came. */
  boolean isAsked() {
    return asked;
  }

  private void onSignal() {
    asked = true;
    stop.run();
    try {
      if (!settled.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        code = lastResort.get();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(code.number());
    }
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
