package rollout.judge.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpendingTest {
  private static final JudgedStage FIXED = new JudgedStage(120, true, false);
  private static final JudgedStage EXTENDABLE = new JudgedStage(120, true, true);

  @Test
  void halfOfAStagesPartGoesToItsFirstLook() {
    Spending spending = new Spending(0.01, List.of(FIXED, FIXED));

    assertEquals(0.25, spending.at(0, 0));
    assertEquals(0.5, sum(spending, 0, 120), 1e-9);
  }

  @Test
  void laterLooksCostLess() {
    Spending spending = new Spending(0.01, List.of(EXTENDABLE));

    for (int look = 1; look < 500; look++) {
      assertTrue(spending.at(0, look) < spending.at(0, look - 1), "look " + look);
    }
  }

  @Test
  void anExtendedStageNeverSpendsMoreThanItsPart() {
    for (int looks : new int[] {1, 2, 3, 120, 2000}) {
      JudgedStage stage = new JudgedStage(looks, true, true);
      Spending spending = new Spending(0.01, List.of(stage, FIXED));

      double sum = sum(spending, 0, 1_000_000);
      assertTrue(sum <= 0.5, looks + " looks: " + sum);
      assertTrue(sum > 0.45, looks + " looks: " + sum);
    }
  }

  @Test
  void aStageThatMayNotBeExtendedHasNothingLeftAfterwards() {
    Spending spending = new Spending(0.01, List.of(FIXED));

    assertTrue(spending.at(0, 120) < 1e-9);
    assertTrue(spending.at(0, 120) > 0, "its logarithm has to be a number");
  }

  @Test
  void guardrailsShareTheBudget() {
    Spending spending = Spending.shared(0.01, 2, List.of(FIXED));

    assertEquals(0.005, spending.alpha());
    assertEquals(Math.log(200), spending.logLimit(), 1e-9);
  }

  private static double sum(Spending spending, int stage, int looks) {
    double sum = 0;
    for (int look = 0; look < looks; look++) {
      sum += spending.at(stage, look);
    }
    return sum;
  }
}
