package rollout.core;

import java.math.BigDecimal;
import java.math.MathContext;
import rollout.judge.sequential.TestState;

/**
 * What a comparison remembers after a look, as the journal keeps it: with the readings of the next
 * look, and nothing else, it goes on exactly as if it had never been away.
 *
 * @param state whole numbers and numbers of nine digits: what is stored is what goes on
 * @param requests of both arms since the stage began
 * @param detectable the smallest ratio of error rates that would have been seen by now; infinite
 *     when there is none
 */
public record Compared(
    String guardrail, String environment, TestState state, double requests, double detectable) {
  /** Noise of the arithmetic is kept out of the journal, at a third of its size. */
  private static final MathContext DIGITS = new MathContext(9);

  public Compared {
    state = new TestState(state.numbers().stream().map(Compared::rounded).toList());
    requests = rounded(requests);
    detectable = rounded(detectable);
  }

  private static double rounded(double number) {
    return Double.isFinite(number) ? new BigDecimal(number).round(DIGITS).doubleValue() : number;
  }

  /** The test it belongs to. */
  ComparisonKey key() {
    return new ComparisonKey(guardrail, environment);
  }
}
