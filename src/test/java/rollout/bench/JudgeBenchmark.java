package rollout.bench;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Baseline;
import rollout.judge.sequential.Counts;
import rollout.judge.sequential.JudgedStage;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.SequentialTest;
import rollout.judge.sequential.Spending;
import rollout.judge.sequential.Step;
import rollout.judge.sequential.TestState;
import rollout.judge.sequential.Tolerance;

/** What it costs to judge one look; docs/benchmarks.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JudgeBenchmark {
  private static final int LOOKS = 1024;

  private final SequentialTest test =
      new SequentialTest(
          Tolerance.DEFAULT,
          new Spending(
              0.01,
              List.of(new JudgedStage(LOOKS, true, true), new JudgedStage(LOOKS, false, false))),
          Past.of(
              0,
              Collections.nCopies(336, new Arm(375, 75_000)),
              Collections.nCopies(336, new Arm(780, 195_000)),
              Collections.nCopies(180, new Arm(12, 2500))),
          Baseline.SAME_HOUR);
  private TestState state = test.begin();
  private int looks;

  /** With a control. */
  @Benchmark
  public Step concurrent() {
    int look = looks++ % LOOKS;
    return after(
        new Counts(0, look, 60, new Arm(look % 3, 125), new Arm(10 + look % 5, 2375), Arm.MISSING));
  }

  /** Against a reference. */
  @Benchmark
  public Step reference() {
    int look = looks++ % LOOKS;
    return after(
        new Counts(
            1, look, 1800, new Arm(370 + look % 11, 75_000), Arm.MISSING, new Arm(780, 195_000)));
  }

  private Step after(Counts counts) {
    Step step = test.look(state, counts);
    state = counts.at() == LOOKS - 1 ? test.begin() : step.next();
    return step;
  }
}
