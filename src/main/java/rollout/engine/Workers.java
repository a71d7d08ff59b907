package rollout.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

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
    };
  }

  /**
   * Runs all of these and waits for them.
   *
   * @throws InterruptedException when this thread is to stop
   * @throws RuntimeException what one of them threw: they are not expected to
   */
  <T> List<T> all(List<Callable<T>> calls) throws InterruptedException;

  private static <T> T unchecked(Callable<T> call) {
    try {
      return call.call();
    } catch (RuntimeException bug) {
      throw bug;
    } catch (ExecutionException wrapped) {
      throw wrapped.getCause() instanceof RuntimeException bug
          ? bug
          : new IllegalStateException(wrapped.getCause());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
