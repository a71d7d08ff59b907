package rollout.judge.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is promised to be seen with 90 % is seen with 90 %. */
class DetectableTest {
  private static final double TOLERANCE = 1.1;
  private static final int ROLLOUTS = 400;
  private static final long SEED = 20_261_122;

  @ParameterizedTest
  @CsvSource({
    // treated and control requests of a look, error rate, looks, seconds between them
    "125, 2375, 0.005, 120, 60",
    "1250, 1250, 0.005, 120, 60",
    "6250, 6250, 0.005, 24, 300",
    "50, 50, 0.02, 60, 60",
    "125, 2375, 0.0005, 480, 60",
    "2, 28, 0.02, 120, 60",
  })
  void nineInTenAreFound(
      double treated, double control, double errorRate, int looks, double interval) {
    Spending spending = spending(looks);
    Detectable detectable = new Detectable(spending, TOLERANCE, errorRate, 1);
    double ratio = detectable.ratio(treated * looks, control * looks, looks);
    assertEquals(
        looks * interval,
        detectable.seconds(ratio, treated / interval, control / interval, interval),
        "what is just seen in so many looks takes as long");

    SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    for (int i = 0; i < ROLLOUTS; i++) {
      found +=
          isFound(spending, looks, interval, random, treated, control, errorRate, ratio) ? 1 : 0;
    }
    double share = (double) found / ROLLOUTS;
    assertTrue(
        Math.abs(share - 0.9) <= 0.05, () -> "×" + ratio + " is found in " + share + ", " + SEED);
  }

  private static boolean isFound(
      Spending spending,
      int looks,
      double interval,
      SplittableRandom random,
      double treated,
      double control,
      double errorRate,
      double ratio) {
    SequentialTest test =
        new SequentialTest(Tolerance.DEFAULT, spending, Past.UNKNOWN, Baseline.SAME_HOUR);
    TestState state = test.begin();
    for (int look = 1; look <= looks; look++) {
      Arm bad = new Arm(poisson(random, treated * errorRate * ratio), treated);
      Arm good = new Arm(poisson(random, control * errorRate), control);
      Step step =
          test.look(state, new Counts(0, look * interval, interval, bad, good, Arm.MISSING));
      if (step.breached()) {
        return true;
      }
      state = step.next();
    }
    return false;
  }

  private static double poisson(SplittableRandom random, double mean) {
    double limit = Math.exp(-mean);
    int count = -1;
    for (double product = 1; product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  @Test
  void moreRequestsShowLess() {
    Detectable detectable = new Detectable(spending(100), TOLERANCE, 0.01, 1);

    assertTrue(detectable.ratio(10_000, 10_000, 100) < detectable.ratio(1000, 1000, 100));
    assertTrue(
        detectable.seconds(5, 1, 1, 60) < detectable.seconds(2, 1, 1, 60), "the worse, the sooner");
  }

  @Test
  void burstsHide() {
    double alone = new Detectable(spending(100), TOLERANCE, 0.01, 1).ratio(1e4, 1e4, 100);
    double bursts = new Detectable(spending(100), TOLERANCE, 0.01, 7).ratio(1e4, 1e4, 100);

    assertTrue(bursts > alone);
  }

  @Test
  void nobodyAskingShowsNothing() {
    Detectable detectable = new Detectable(spending(100), TOLERANCE, 0.01, 1);

    assertEquals(Detectable.NEVER, detectable.ratio(0, 1000, 10));
    assertEquals(Detectable.NEVER, detectable.ratio(1, 1, 10));
    assertEquals(Detectable.NEVER, detectable.seconds(2, 1, 0, 60));
    assertEquals(Detectable.NEVER, detectable.seconds(1.05, 1, 1, 60), "that much is tolerated");
    assertFalse(detectable.isSeen(2, 10, 10, 1));
  }

  private static Spending spending(int looks) {
    return new Spending(0.01, Collections.nCopies(3, new JudgedStage(looks, true, false)));
  }
}
