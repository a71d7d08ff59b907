package rollout.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import rollout.report.ExitCode;

/**
 * Ends the program on Ctrl-C or SIGTERM with words and an exit code of its own, within two seconds.
 * Whoever works is asked to stop and given a second to end in order; whoever is stuck in a call is
 * settled in its place.
 */
public final class Interruptions {
  /** Half a second for those who end by themselves leaves those who hang more than one. */
  private static final long PATIENCE_MILLIS = 500;

  private static final long TIDYING_MILLIS = 1_000;

  private final List<Work> works = new CopyOnWriteArrayList<>();
  private final List<Runnable> closings = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<ExitCode> concluded = new CopyOnWriteArrayList<>();
  private volatile ExitCode untouched = ExitCode.OK;
  private volatile boolean asked;
  private volatile int code;

  /** Something under way that a signal must not simply cut off. */
  interface Work {
    /** Asks it to come to an end soon; returns at once. */
    void stop();

    /** Settles things in its place, because it is stuck; says the exit code. */
    ExitCode settle();
  }

  /** A piece of work that is under way. */
  interface UnderWay {
    /** It knows how it ends and only tidies up: to settle it from outside would be in its way. */
    void concludes(ExitCode code);

    /** It is no longer under way. */
    void isOver();
  }

  /** What is still to be done when all work was settled and the program is halted. */
  void beforeHalt(Runnable closing) {
    closings.add(closing);
  }

  /** Tells of work that is under way. */
  UnderWay register(Runnable stop, Supplier<ExitCode> settle) {
    Work work =
        new Work() {
          @Override
          public void stop() {
            stop.run();
          }

          @Override
          public ExitCode settle() {
            return settle.get();
          }
        };
    works.add(work);
    if (asked) {
      work.stop();
    }
    return new UnderWay() {
      @Override
      public void concludes(ExitCode code) {
        concluded.add(code);
        works.remove(work);
      }

      @Override
      public void isOver() {
        works.remove(work);
      }
    };
  }

  /**
   * Listens to signals. A shutdown hook, because that is the only way Java offers without internal
   * classes, and halting in it is what lets us choose the exit code.
   *
   * @param nothingBegun what it means when nothing was under way yet: 0 for a command that only
   *     looks
   */
  void listen(ExitCode nothingBegun) {
    untouched = nothingBegun;
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "interruption"));
  }

  /** The command has ended by itself, and has printed all that it had to say. */
  void ended(int exitCode) {
    code = exitCode;
    ended.countDown();
  }

  /** Whether a signal came. */
  boolean isAsked() {
    return asked;
  }

  private void onSignal() {
    asked = true;
    works.forEach(Work::stop);
    try {
      if (!ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        endInItsPlace();
      }
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }

  /**
   * What a command concludes by itself counts, even while it is being settled from here. One that
   * had nothing under way when the signal came may have begun since: it is settled as well.
   */
  private void endInItsPlace() throws InterruptedException {
    if (works.isEmpty() && ended.await(TIDYING_MILLIS, TimeUnit.MILLISECONDS)) {
      return;
    }
    List<ExitCode> settled = works.stream().map(Interruptions::settled).toList();
    if (ended.getCount() > 0) {
      code = gravest(settled);
      closings.forEach(Runnable::run);
    }
  }

  /** A bug while one is settled must neither hide it nor stop the others from being settled. */
  private static ExitCode settled(Work work) {
    try {
      return work.settle();
    } catch (RuntimeException bug) {
      return ExitCode.INTERNAL;
    }
  }

  private int gravest(List<ExitCode> settled) {
    List<ExitCode> all = new ArrayList<>(concluded);
    all.addAll(settled);
    return all.isEmpty() ? untouched.number() : ExitCode.gravest(all).number();
  }
}
