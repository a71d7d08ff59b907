package rollout.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rollout.judge.sequential.Tuning;

/**
 * How often the comparison is wrong and how soon it is right, on services made up from seeds. More
 * rollouts of each family: {@code mvn -B -Pfalse-alarms test}; docs/decisions/0023 has its figures.
 */
class FalseAlarmTest {
  private static final int ROLLOUTS = Integer.getInteger("rollout.judged", 50);
  private static final int HARMFUL_ROLLOUTS = Math.min(100, ROLLOUTS / 2);
  private static final long[] SEEDS = {1_000_000, 2_000_000};

  /** Twenty of two thousand; of a few, one. */
  private static final int MOST_WRONG = Math.max(1, ROLLOUTS / 100);

  private final Campaign campaign = new Campaign(Tuning.DEFAULT);

  @TestFactory
  Stream<DynamicTest> healthyRolloutsAreLeftAlone() {
    return Families.HEALTHY.stream()
        .map(family -> DynamicTest.dynamicTest(family.name(), () -> checkHealthy(family)));
  }

  private void checkHealthy(Family family) {
    int wrong =
        Arrays.stream(SEEDS)
            .mapToInt(seed -> campaign.run(family, seed, ROLLOUTS / SEEDS.length).wrong())
            .sum();
    System.out.printf("%-26s %d of %d rolled back%n", family.name(), wrong, ROLLOUTS);
    assertTrue(
        wrong <= MOST_WRONG,
        () -> wrong + " of " + ROLLOUTS + " rolled back, seeds " + Arrays.toString(SEEDS));
  }

  @Test
  void harmIsFoundSoon() {
    double[] delays =
        Families.HARMFUL.stream()
            .map(family -> campaign.run(family, SEEDS[0], HARMFUL_ROLLOUTS))
            .peek(FalseAlarmTest::print)
            .peek(tally -> assertEquals(0, tally.missed(), tally.family().name()))
            .flatMapToDouble(tally -> DoubleStream.of(tally.delays()))
            .sorted()
            .toArray();
    double median = delays[delays.length / 2];
    System.out.printf("median delay / bound %.2f%n", median);
    assertTrue(median <= 1.35, () -> "median delay / bound " + median);
  }

  private static void print(Campaign.Tally tally) {
    System.out.printf(
        "%-22s found %d of %d, before the harm %d, delay / bound %.2f (90%%: %.2f), late %d%n",
        tally.family().name(),
        tally.found(),
        tally.rollouts(),
        tally.wrong(),
        tally.delay(0.5),
        tally.delay(0.9),
        tally.late());
  }

  @Test
  void theSameSeedGivesTheSameRollout() {
    Family family = Families.HEALTHY.get(0);

    assertEquals(family.rollout(7).trace(), family.rollout(7).trace());
  }
}
