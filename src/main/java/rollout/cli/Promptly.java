package rollout.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import rollout.port.PortException;

/**
 * A question to the state that must not keep a flag on: whoever asks waits a few seconds for the
 * answer, and is told of it when it comes later.
 */
final class Promptly<T> {
  private static final long PATIENCE_SECONDS = 3;

  private final CompletableFuture<T> asking = new CompletableFuture<>();
  private Optional<PortException> trouble = Optional.empty();

  private Promptly() {}

  /** Something that the state is asked. */
  interface Question<T> {
    T ask() throws PortException;
  }

  /** Begins to ask. */
  static <T> Promptly<T> ask(Executor pool, Question<T> question) {
    Promptly<T> promptly = new Promptly<>();
    pool.execute(
        () -> {
          try {
            promptly.asking.complete(question.ask());
          } catch (PortException | RuntimeException failed) {
            promptly.asking.completeExceptionally(failed);
          }
        });
    return promptly;
  }

  /** The answer; empty when there was none, or none in time. */
  Optional<T> answer() throws InterruptedException {
    try {
      return Optional.of(asking.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      trouble = Optional.of((PortException) failed.getCause());
    } catch (TimeoutException silent) {
      trouble = Optional.empty();
    }
    return Optional.empty();
  }

  /** Why there was no answer; empty when it had not come yet. */
  Optional<PortException> trouble() {
    return trouble;
  }

  /** What is done with an answer that comes after all. */
  void whenLate(Consumer<T> then) {
    asking.thenAccept(then);
  }
}
