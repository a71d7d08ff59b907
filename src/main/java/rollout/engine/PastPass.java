package rollout.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import rollout.core.BacktestOutcome;
import rollout.core.Event;
import rollout.core.Finding;
import rollout.core.GuardrailWatch;
import rollout.core.HoldKind;
import rollout.core.RolloutState;
import rollout.core.Watch;
import rollout.judge.Verdict;
import rollout.plan.FlagName;
import rollout.plan.OnBreach;
import rollout.plan.Plan;
import rollout.port.PortException;

/** One way of a plan through the past, rollout after rollout, and what was seen on it. */
final class PastPass implements Observer {
  private static final Optional<Verdict.Kind> FAIL = Optional.of(Verdict.Kind.FAIL);

  final List<BacktestOutcome.Stop> stops = new ArrayList<>();
  final List<BacktestOutcome.Silence> silences = new ArrayList<>();
  long looks;
  long rollouts;
  long completed;
  private final Plan plan;
  private final FlagName flag;
  private final Rewind past;
  private final Consumer<Event.Judged> heard;
  private final Map<String, Count> counts = new LinkedHashMap<>();

  /**
   * @param heard of every look
   */
  PastPass(Plan plan, FlagName flag, Rewind past, Consumer<Event.Judged> heard) {
    this.plan = plan;
    this.flag = flag;
    this.past = past;
    this.heard = heard;
  }

  void play(Instant from, Instant until) throws PortException, InterruptedException {
    Optional<Instant> begin = Optional.of(from);
    while (begin.isPresent() && begin.get().isBefore(until)) {
      rollouts++;
      begin = new Replay(plan, flag, past, begin.get(), this).play(until);
    }
  }

  @Override
  public void recorded(Event event, RolloutState state) {
    if (event instanceof Event.Judged look) {
      looks++;
      look.findings().forEach(one -> count(one.guardrail()).add(one));
      heard.accept(look);
    } else if (event instanceof Event.RollbackDecided back) {
      stop(state, back.at(), back.guardrail(), OnBreach.ROLLBACK, back.reason());
    } else if (event instanceof Event.Held held && Replay.isStop(held)) {
      boolean thin = held.kind() == HoldKind.EXTENSION_SPENT;
      stop(state, held.at(), thin ? silent(state) : failing(state), OnBreach.HOLD, held.reason());
    } else if (event instanceof Event.Held held && held.kind() == HoldKind.EVIDENCE) {
      silences.add(new BacktestOutcome.Silence(held.at(), stage(state), held.reason()));
    } else if (event instanceof Event.Completed) {
      completed++;
    }
  }

  private void stop(
      RolloutState state, Instant at, Optional<String> guardrail, OnBreach action, String reason) {
    String name = guardrail.orElse("");
    Optional<GuardrailWatch> watch = state.watch().map(one -> one.guardrails().get(name));
    Optional<Finding> last = watch.flatMap(GuardrailWatch::latest);
    stops.add(
        new BacktestOutcome.Stop(
            at,
            stage(state),
            name,
            action,
            last.flatMap(Finding::value),
            last.flatMap(Finding::limit),
            watch.map(one -> Math.max(1, one.streak())).orElse(1L),
            reason));
    count(name).stops++;
  }

  private static String stage(RolloutState state) {
    return state.watch().map(Watch::stage).orElse("");
  }

  private static Optional<String> failing(RolloutState state) {
    return first(state, one -> one.latest().map(Finding::kind).equals(FAIL));
  }

  private static Optional<String> silent(RolloutState state) {
    return first(state, one -> !one.isConclusive());
  }

  private static Optional<String> first(RolloutState state, Predicate<GuardrailWatch> such) {
    return state.watch().stream()
        .flatMap(watch -> watch.guardrails().entrySet().stream())
        .filter(one -> such.test(one.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Count count(String guardrail) {
    return counts.computeIfAbsent(guardrail, unknown -> new Count());
  }

  /**
   * What each guardrail showed, in the plan's order.
   *
   * @param better limits that would have stopped none
   */
  List<BacktestOutcome.Tally> tallies(Map<String, Double> better) {
    return plan.guardrails().stream()
        .filter(one -> counts.containsKey(one.name()))
        .map(one -> counts.get(one.name()).tally(one.name(), better.get(one.name())))
        .toList();
  }

  /** What one guardrail showed. */
  private static final class Count {
    private long looks;
    private long conclusive;
    private long crossed;
    private long stops;
    private Optional<Double> limit = Optional.empty();

    void add(Finding finding) {
      looks++;
      conclusive += finding.isConclusive() ? 1 : 0;
      crossed += finding.breached() ? 1 : 0;
      limit = finding.limit().or(() -> limit);
    }

    BacktestOutcome.Tally tally(String name, Double better) {
      return new BacktestOutcome.Tally(
          name, looks, conclusive, crossed, stops, limit, Optional.ofNullable(better));
    }
  }
}
