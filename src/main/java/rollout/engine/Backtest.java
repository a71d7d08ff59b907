package rollout.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import rollout.core.BacktestOutcome;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Window;
import rollout.port.Archive;
import rollout.port.PortException;

/**
 * What a plan would have done in the past: one rollout after the other through the whole of it,
 * each stop ending one and beginning the next. The machine that decides is the one that drives real
 * rollouts; only the time and the flags are played.
 */
public final class Backtest {
  private final FlagName flag;
  private final Instant from;
  private final Instant until;
  private final PastPlan plan;
  private final Rewind past;
  private final Consumer<Instant> progress;

  /**
   * @param flag whose queries are asked
   * @param archives the sources that can look back, by name
   * @param workers for requests that go out side by side
   * @param progress told which moment of the past it has come to
   * @throws NothingToReplay when no guardrail of the plan can be looked back at
   * @throws PortException when a source did not answer
   */
  public Backtest(
      Plan original,
      FlagName flag,
      Map<String, Archive> archives,
      Instant from,
      Instant until,
      Workers workers,
      Consumer<Instant> progress)
      throws NothingToReplay, PortException {
    this.flag = flag;
    this.from = from;
    this.until = until;
    this.plan =
        PastPlan.of(original, flag, archives, new Window(from, until))
            .orElseThrow(NothingToReplay::new);
    this.past = new Rewind(archives, workers, until);
    this.progress = progress;
  }

  /** No guardrail of a plan can be looked back at. */
  public static final class NothingToReplay extends Exception {
    private static final long serialVersionUID = 1L;

    NothingToReplay() {
      super(
          "No guardrail of this plan can be looked back at: only those that a Prometheus answers"
              + " can.");
    }
  }

  /**
   * Plays the past.
   *
   * @throws PortException when a source did not answer, or refused a query
   * @throws InterruptedException when this thread is to stop
   */
  public BacktestOutcome run() throws PortException, InterruptedException {
    PastPass pass = new PastPass(plan.plan(), flag, past, look -> progress.accept(look.dueAt()));
    pass.play(from, until);
    return new BacktestOutcome(
        flag,
        from,
        until,
        pass.looks,
        pass.rollouts,
        pass.completed,
        pass.stops,
        pass.silences,
        pass.tallies(better(pass)),
        plan.passedOver());
  }

  /**
   * Limits that would have stopped none: what the values would have come to if nothing had stopped,
   * tried by playing the past once more.
   */
  private Map<String, Double> better(PastPass first) throws PortException, InterruptedException {
    Map<String, Double> limits = new LinkedHashMap<>();
    if (first.stops.stream().noneMatch(stop -> stop.limit().isPresent())) {
      return limits;
    }
    Sustained sustained = new Sustained(plan.plan());
    Set<String> stopping =
        first.stops.stream().map(BacktestOutcome.Stop::guardrail).collect(Collectors.toSet());
    new PastPass(plan.onlyWatching(stopping).plan(), flag, past, sustained::add).play(from, until);
    for (BacktestOutcome.Stop stop : first.stops) {
      sustained.limit(stop.guardrail()).ifPresent(limit -> limits.put(stop.guardrail(), limit));
    }
    PastPlan raised =
        plan.with(one -> Sustained.with(one, Optional.ofNullable(limits.get(one.name()))));
    PastPass trial = new PastPass(raised.plan(), flag, past, look -> {});
    trial.play(from, until);
    trial.stops.forEach(stop -> limits.remove(stop.guardrail()));
    return limits;
  }
}
