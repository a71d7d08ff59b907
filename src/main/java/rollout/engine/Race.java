package rollout.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Equal attempts on threads of their own, of which the first good one counts. */
final class Race<T> {
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final CompletionService<T> answers;
  private final Callable<T> attempt;
  private final Workers.Hedge hedge;
  private int begun;
  private int underWay;
  private Duration silence = Duration.ZERO;

  Race(ExecutorService pool, Callable<T> attempt, Workers.Hedge hedge) {
    this.answers = new ExecutorCompletionService<>(pool);
    this.attempt = attempt;
    this.hedge = hedge;
  }

  /** As {@link Workers#first} says. */
  Optional<T> run(BooleanSupplier enough) throws ExecutionException, InterruptedException {
    begin();
    while (!enough.getAsBoolean()) {
      Future<T> answer = answers.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        hearNothing();
        continue;
      }
      underWay--;
      try {
        return Optional.of(answer.get());
      } catch (ExecutionException failure) {
        if (underWay == 0) {
          throw failure;
        }
      }
    }
    return Optional.empty();
  }

  private void begin() {
    answers.submit(attempt);
    begun++;
    underWay++;
    silence = Duration.ZERO;
  }

  private void hearNothing() {
    silence = silence.plus(GLANCE);
    if (silence.compareTo(hedge.patience()) >= 0 && begun < hedge.most()) {
      begin();
    }
  }
}
