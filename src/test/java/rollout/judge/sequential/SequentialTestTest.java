package rollout.judge.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialTestTest {
  private static final Spending SPENDING =
      new Spending(
          0.01,
          List.of(
              new JudgedStage(60, true, false),
              new JudgedStage(60, true, false),
              new JudgedStage(20, false, false)));
  private static final Past PAST =
      Past.of(
          0,
          Collections.nCopies(336, new Arm(100, 20_000)),
          Collections.nCopies(336, new Arm(200, 40_000)),
          Collections.nCopies(180, new Arm(3, 700)));

  private final SequentialTest test =
      new SequentialTest(Tolerance.DEFAULT, SPENDING, PAST, Baseline.SAME_HOUR);

  @Test
  void goesOnExactlyFromWhatWasStored() {
    TestState straight = test.begin();
    TestState restarted = test.begin();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 1; i <= 140; i++) {
      Counts counts = counts(Math.min(2, i / 60), i, random.nextInt(6), random.nextInt(90));
      straight = test.look(straight, counts).next();
      SequentialTest another =
          new SequentialTest(Tolerance.DEFAULT, SPENDING, PAST, Baseline.SAME_HOUR);
      restarted = another.look(asText(restarted), counts).next();

      assertEquals(straight, restarted);
    }
  }

  /** Through decimal text and back, as a journal does. */
  private static TestState asText(TestState state) {
    List<Double> numbers = new ArrayList<>();
    for (double number : state.numbers()) {
      assertTrue(Double.isFinite(number), state::toString);
      numbers.add(Double.valueOf(Double.toString(number)));
    }
    return new TestState(numbers);
  }

  @Test
  void harmBreachesAfterMoreThanOneLook() {
    Step first = test.look(test.begin(), counts(0, 1, 60, 10));
    assertFalse(first.breached(), "two looks have to agree");
    assertEquals(ControlKind.CONCURRENT, first.control());
    assertTrue(first.ratio() > 20, () -> "ratio " + first.ratio());

    Step step = first;
    int looks = 1;
    while (!step.breached() && looks < 10) {
      step = test.look(step.next(), counts(0, ++looks, 60, 10));
    }
    assertTrue(step.breached());
    assertTrue(looks <= 3, looks + " looks");
  }

  @Test
  void aVoidLookOnlySpends() {
    TestState state = test.look(test.begin(), counts(0, 1, 2, 10)).next();
    double left = SPENDING.left(state);
    for (Arm broken : List.of(Arm.MISSING, new Arm(-5, 100), new Arm(5, -100))) {
      Step step = test.look(state, new Counts(0, 120, 60, broken, new Arm(10, 1900), Arm.MISSING));

      assertEquals(ControlKind.NONE, step.control());
      assertEquals(test.treatedInStage(state), test.treatedInStage(step.next()));
      assertTrue(SPENDING.left(step.next()) < left);
    }
  }

  @Test
  void aStageThatIsRepeatedDoesNotGetItsBudgetBack() {
    TestState state = test.begin();
    for (int i = 1; i <= 30; i++) {
      state = test.look(state, counts(0, i, 1, 19)).next();
    }
    double left = SPENDING.left(state);
    state = test.look(state, counts(1, 31, 10, 10)).next();
    state = test.look(state, counts(0, 32, 1, 19)).next();

    double spent = SPENDING.at(1, 0) + SPENDING.at(0, 30);
    assertEquals(left - spent, SPENDING.left(state), 1e-9);
    assertEquals(new Arm(1, 100), test.treatedInStage(state), "its sums begin anew");
  }

  @Test
  void withoutControlTheReferenceComesBeforeThePast() {
    Arm all = new Arm(100, 20_000);
    Arm reference = new Arm(200, 40_000);
    Step sibling = test.look(test.begin(), new Counts(2, 1800, 1800, all, Arm.MISSING, reference));
    Step past = test.look(test.begin(), new Counts(2, 1800, 1800, all, Arm.MISSING, Arm.MISSING));

    assertEquals(ControlKind.REFERENCE, sibling.control());
    assertEquals(1, sibling.ratio(), 0.01);
    assertEquals(ControlKind.HISTORY, past.control());
    assertEquals(1, past.ratio(), 0.01);
  }

  @Test
  void withNothingToCompareWithNothingIsSaid() {
    SequentialTest blind =
        new SequentialTest(Tolerance.DEFAULT, SPENDING, Past.UNKNOWN, Baseline.SAME_HOUR);
    TestState state = blind.begin();
    for (int i = 1; i <= 20; i++) {
      Step step =
          blind.look(
              state, new Counts(2, 1800 * i, 1800, new Arm(9000, 9000), Arm.MISSING, Arm.MISSING));
      state = step.next();

      assertEquals(ControlKind.NONE, step.control());
      assertFalse(step.breached());
    }
  }

  @Test
  void whatIsNewIsHeldAgainstTheEarlierStagesAtTheEnd() {
    SequentialTest issues =
        new SequentialTest(
            Tolerance.DEFAULT, SPENDING, PAST.withoutErrors(), Baseline.EARLIER_STAGES);
    TestState state = issues.begin();
    for (int i = 1; i <= 59; i++) {
      state = issues.look(state, counts(1, i, 0, 0)).next();
    }
    Step step = issues.look(state, counts(2, 60, 0, 0));
    for (int i = 61; i <= 66 && !step.breached(); i++) {
      step = issues.look(step.next(), counts(2, i, 40, 0));
      assertEquals(ControlKind.HISTORY, step.control());
    }
    assertTrue(step.breached(), "nobody hit a new issue before, now forty a minute do");
  }

  /** Minute looks: 100 treated requests, 1,900 of the control. */
  private static Counts counts(int stage, int minute, double treated, double control) {
    Arm controlArm = stage < 2 ? new Arm(control, 1900) : Arm.MISSING;
    return new Counts(stage, 60.0 * minute, 60, new Arm(treated, 100), controlArm, Arm.MISSING);
  }
}
