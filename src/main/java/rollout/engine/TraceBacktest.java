package rollout.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import rollout.port.PortException;
import rollout.port.Trace;
import rollout.port.Traces;

/** Judges recorded rollouts, several at once, and answers in their order. */
public final class TraceBacktest {
  private static final int AT_ONCE = 64;

  private final Traces traces;
  private final Workers workers;

  /**
   * What came of one recording.
   *
   * @param rolledBackAt the second of the look that decided; empty = it passed
   */
  public record Answer(String id, Optional<Double> rolledBackAt) {}

  /** Either of both. */
  private record Result(Optional<Answer> answer, Optional<PortException> broken) {}

  /**
   * Over these recordings.
   *
   * @param workers that understand and judge them
   */
  public TraceBacktest(Traces traces, Workers workers) {
    this.traces = traces;
    this.workers = workers;
  }

  /**
   * Judges all of them. One that cannot be understood does not keep the others from being judged.
   *
   * @return why some could not be judged, in order; empty when all were
   * @throws PortException when there is nothing to be read from
   * @throws InterruptedException when this thread is to stop
   */
  public List<PortException> run(Consumer<Answer> answers)
      throws PortException, InterruptedException {
    List<PortException> broken = new ArrayList<>();
    for (List<Callable<Result>> batch = batch(); !batch.isEmpty(); batch = batch()) {
      for (Result result : workers.all(batch)) {
        result.answer().ifPresent(answers);
        result.broken().ifPresent(broken::add);
      }
    }
    return broken;
  }

  private List<Callable<Result>> batch() throws PortException {
    List<Callable<Result>> batch = new ArrayList<>();
    Optional<Traces.Unread> unread = traces.next();
    while (unread.isPresent()) {
      Traces.Unread one = unread.get();
      batch.add(() -> judged(one));
      unread = batch.size() < AT_ONCE ? traces.next() : Optional.empty();
    }
    return batch;
  }

  private static Result judged(Traces.Unread unread) {
    try {
      Trace trace = unread.read();
      Answer answer = new Answer(trace.id(), new TraceReplay(trace).rolledBackAt());
      return new Result(Optional.of(answer), Optional.empty());
    } catch (PortException broken) {
      return new Result(Optional.empty(), Optional.of(broken));
    }
  }
}
