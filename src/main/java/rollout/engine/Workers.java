package rollout.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  /** On the threads of a pool. */
  static Workers of(ExecutorService pool) {
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
    };
  }

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
