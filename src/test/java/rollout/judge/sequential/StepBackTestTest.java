package rollout.judge.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import rollout.judge.sequential.StepBackTest.Outcome;
import rollout.judge.sequential.StepBackTest.Ruling;

/** At half exposure, 1,250 requests a minute in each arm, 0.5 % of them errors. */
class StepBackTestTest {
  private static final double ALPHA = 0.01;
  private static final double REQUESTS = 1250;
  private static final double ERRORS = 6.25;
  private static final int TRIALS = 2000;
  private static final int DEADLINE = 15;
  private static final long SEED = 4;

  private final StepBackTest first = new StepBackTest(ALPHA, 1, 1.1, 1);

  @Test
  void anIncidentThatHitsBothIsAcquittedSoonAndHardlyEverConvicted() {
    Trials trials = trials(first, 12, 1);

    assertTrue(trials.acquitted >= 0.99 * TRIALS, trials::toString);
    assertTrue(trials.convicted <= ALPHA * TRIALS, trials::toString);
    assertTrue(trials.minutes / TRIALS <= 4, trials::toString);
  }

  @Test
  void harmIsConvictedAndHardlyEverAcquitted() {
    Trials trials = trials(first, 1, 3);

    assertTrue(trials.convicted >= 0.95 * TRIALS, trials::toString);
    assertTrue(trials.acquitted <= ALPHA * TRIALS, trials::toString);
  }

  @Test
  void acquittingTakesSome228Errors() {
    StepBackState state = StepBackState.begin();
    Outcome outcome = Outcome.OPEN;
    int errors = 0;
    while (outcome == Outcome.OPEN) {
      Ruling ruling = first.look(state, new Arm(3, 1000), new Arm(3, 1000));
      state = ruling.next();
      outcome = ruling.outcome();
      errors += 6;
    }
    assertEquals(Outcome.ACQUITTED, outcome);
    assertEquals(228, errors, 6);
  }

  @Test
  void eachFurtherStepBackTakesMoreToConvict() {
    StepBackState state = StepBackState.begin();
    Arm bad = new Arm(30, 1000);
    Arm good = new Arm(5, 1000);
    Ruling once = first.look(state, bad, good);
    Ruling fifth = new StepBackTest(ALPHA, 5, 1.1, 1).look(state, bad, good);

    assertEquals(once.next(), fifth.next());
    assertEquals(Outcome.CONVICTED, once.outcome());
    assertEquals(Outcome.OPEN, fifth.outcome());
  }

  @Test
  void aVoidLookChangesNothing() {
    StepBackState state = first.look(StepBackState.begin(), new Arm(3, 9), new Arm(2, 9)).next();

    assertEquals(state, first.look(state, Arm.MISSING, new Arm(2, 9)).next());
    assertEquals(state, first.look(state, new Arm(-1, 9), new Arm(2, 9)).next());
    assertEquals(state, first.look(state, new Arm(0, 9), new Arm(0, 9)).next());
  }

  /** How many trials ended how, and after how many minutes in all. */
  private record Trials(int convicted, int acquitted, int minutes) {}

  private static Trials trials(StepBackTest test, double incident, double harm) {
    SplittableRandom random = new SplittableRandom(SEED);
    int convicted = 0;
    int acquitted = 0;
    int minutes = 0;
    for (int i = 0; i < TRIALS; i++) {
      StepBackState state = StepBackState.begin();
      Outcome outcome = Outcome.OPEN;
      for (int minute = 0; minute < DEADLINE && outcome == Outcome.OPEN; minute++) {
        Arm treated = new Arm(poisson(random, ERRORS * incident * harm), REQUESTS);
        Ruling ruling =
            test.look(state, treated, new Arm(poisson(random, ERRORS * incident), REQUESTS));
        state = ruling.next();
        outcome = ruling.outcome();
        minutes++;
      }
      convicted += outcome == Outcome.CONVICTED ? 1 : 0;
      acquitted += outcome == Outcome.ACQUITTED ? 1 : 0;
    }
    return new Trials(convicted, acquitted, minutes);
  }

  private static double poisson(SplittableRandom random, double mean) {
    double limit = Math.exp(-mean);
    int count = -1;
    for (double product = 1; product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
