package rollout.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import rollout.judge.sequential.ControlKind;
import rollout.judge.sequential.Detectable;
import rollout.judge.sequential.Step;
import rollout.judge.sequential.TestState;

class CompareWordsTest {
  @Test
  void saysWhatAPersonNeedsToBelieveIt() {
    assertEquals(
        "E=37/100 ratio≈1.8 (φ 1.2) budget 99% detectable ×1.6 now",
        CompareWords.line(step(Math.log(37.9)), 0.01, 0.99, 1.6));
    assertEquals(
        "E=0.031/200 ratio≈1.8 (φ 1.2) budget 50% detectable nothing now",
        CompareWords.line(step(Math.log(0.0312)), 0.005, 0.5, Detectable.NEVER));
  }

  @Test
  void neverShowsALimitThatWasNotReached() {
    assertEquals("99", CompareWords.evidence(Math.log(99.99)));
    assertEquals("100", CompareWords.evidence(Math.log(100.01)));
    assertEquals(">1000000", CompareWords.evidence(700));
  }

  private static Step step(double logEvidence) {
    return new Step(
        new TestState(List.of()), logEvidence, 1.2, 0.05, 1.8, ControlKind.CONCURRENT, false);
  }
}
