package rollout.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Does several things side by side and gives back what came of each, in order. */
public interface Workers {
  /** One after the other, in the caller's thread: what a simulation wants. */
  Workers INLINE =
      new Workers() {
        @Override
        public <T> List<T> all(List<Callable<T>> calls) {
          List<T> results = new ArrayList<>();
          for (Callable<T> call : calls) {
            results.add(unchecked(call));
          }
          return results;
        }
      };

  /** On the threads of a pool, which must have no limit: who waits for attempts holds one too. */
  static Workers of(ExecutorService pool) {
    return of(pool, pool);
  }

  /**
   * On the threads of two pools.
   *
   * @param pool for {@link #all}; as many at once as it has threads
   * @param attempts for {@link #first}; without a limit, because attempts may hang
   */
  static Workers of(ExecutorService pool, ExecutorService attempts) {
    return new Workers() {
      @Override
      public <T> List<T> all(List<Callable<T>> calls) throws InterruptedException {
        if (calls.size() < 2) {
          return INLINE.all(calls);
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : pool.invokeAll(calls)) {
          results.add(unchecked(future::get));
        }
        return results;
      }

      @Override
      public <T> List<T> some(List<Callable<T>> calls, int least, Duration patience)
          throws InterruptedException {
        List<Future<T>> begun = calls.stream().map(pool::submit).toList();
        try {
          return inTime(begun, least, patience);
        } finally {
          begun.forEach(one -> one.cancel(true));
        }
      }

      @Override
      public <T> Optional<T> first(Callable<T> attempt, Hedge hedge, BooleanSupplier enough)
          throws ExecutionException, InterruptedException {
        return new Race<>(attempts, attempt, hedge).run(enough);
      }
    };
  }

  /**
   * When an attempt is helped by another one.
   *
   * @param patience how long without an answer until another is begun
   * @param most how many are begun in all
   */
  record Hedge(Duration patience, int most) {}

  /**
   * Runs all of these and waits for them.
   *
   * @throws InterruptedException when this thread is to stop
   * @throws RuntimeException what one of them threw: they are not expected to
   */
  <T> List<T> all(List<Callable<T>> calls) throws InterruptedException;

  /**
   * Begins all of these and gives up those that keep it waiting. In the caller's thread nothing is
   * given up: it could not be waited for and left alone at once.
   *
   * @param least so many of the first ones are waited for, however long they take
   * @param patience how long each of the others is waited for once those before it are there
   * @return what came of the first ones, in order; at least of {@code least}
   * @throws InterruptedException when this thread is to stop
   * @throws RuntimeException what one of them threw: they are not expected to
   */
  default <T> List<T> some(List<Callable<T>> calls, int least, Duration patience)
      throws InterruptedException {
    return all(calls);
  }

  private static <T> List<T> inTime(List<Future<T>> begun, int least, Duration patience)
      throws InterruptedException {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> one : begun) {
        boolean must = results.size() < least;
        results.add(must ? one.get() : one.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      }
    } catch (TimeoutException silent) {
      return results;
    } catch (ExecutionException wrapped) {
      throw bug(wrapped);
    }
    return results;
  }

  private static RuntimeException bug(ExecutionException wrapped) {
    return wrapped.getCause() instanceof RuntimeException bug
        ? bug
        : new IllegalStateException(wrapped.getCause());
  }

  /**
   * What the first good one of several equal attempts brings. One is begun at once, and another
   * each time that nothing was heard for so long. A failure counts only when no attempt is under
   * way any more; those that are too late are left to end. In the caller's thread there is one
   * attempt: while it lasts, nobody could begin another.
   *
   * @param enough asked many times a second: nobody wants the answer any more
   * @return empty when it was given up
   * @throws ExecutionException around what the attempt that failed last threw
   * @throws InterruptedException when this thread is to stop
   */
  default <T> Optional<T> first(Callable<T> attempt, Hedge hedge, BooleanSupplier enough)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.of(attempt.call());
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      throw new ExecutionException(failure);
    }
  }

  private static <T> T unchecked(Callable<T> call) {
    try {
      return call.call();
    } catch (RuntimeException bug) {
      throw bug;
    } catch (ExecutionException wrapped) {
      throw bug(wrapped);
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
