package rollout.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import rollout.plan.FlagName;
import rollout.plan.OnBreach;

/**
 * What came of a backtest.
 *
 * @param looks rounds of measurements in all
 * @param rollouts how many were begun, the last one perhaps not ended
 * @param completed how many came to the end of the plan
 * @param silences when evidence stayed away for too long; each ended by itself
 * @param tallies by guardrail, in the plan's order
 */
public record BacktestOutcome(
    FlagName flag,
    Instant from,
    Instant to,
    long looks,
    long rollouts,
    long completed,
    List<Stop> stops,
    List<Silence> silences,
    List<Tally> tallies,
    List<PassedOver> passedOver) {
  public BacktestOutcome {
    stops = List.copyOf(stops);
    silences = List.copyOf(silences);
    tallies = List.copyOf(tallies);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * The end of a rollout that did not complete.
   *
   * @param at when it would have been decided
   * @param action what would have followed
   * @param looks breached looks in a row, at least 1
   */
  public record Stop(
      Instant at,
      String stage,
      String guardrail,
      OnBreach action,
      Optional<Double> value,
      Optional<Double> limit,
      long looks,
      String reason) {}

  /** Evidence stayed away for longer than the plan allows. */
  public record Silence(Instant at, String stage, String reason) {}

  /**
   * What one guardrail showed.
   *
   * @param crossed looks in which the limit was crossed
   * @param stops rollouts it would have stopped
   * @param limit the one that it has
   * @param better one that would have stopped none; only where it would have stopped any
   */
  public record Tally(
      String guardrail,
      long looks,
      long conclusive,
      long crossed,
      long stops,
      Optional<Double> limit,
      Optional<Double> better) {}

  /**
   * Something of the plan that cannot be looked back at.
   *
   * @param name of a guardrail, of the exposure check or of a stage
   * @param why a clause for people
   */
  public record PassedOver(String name, String why) {}
}
