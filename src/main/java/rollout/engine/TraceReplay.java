package rollout.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import rollout.judge.sequential.Tuning;
import rollout.port.Trace;

/**
 * Feeds a recorded rollout to the default {@code compare} judge, look by look. What comes later in
 * the recording is not known to a look.
 */
public final class TraceReplay {
  private static final double FALSE_ROLLBACK = 0.01;
  private static final double EVERYBODY = 100;

  private final Trace trace;
  private final List<Judge> judges = new ArrayList<>();

  /** One guardrail and where it stands. */
  private static final class Judge {
    final SequentialTest test;
    final boolean ofIssues;
    TestState state;

    Judge(SequentialTest test, boolean ofIssues) {
      this.test = test;
      this.ofIssues = ofIssues;
      this.state = test.begin();
    }

    Step look(Counts counts) {
      Step step = test.look(state, counts);
      state = step.next();
      return step;
    }
  }

  /** Judged as the product does. */
  public TraceReplay(Trace trace) {
    this(trace, Tuning.DEFAULT);
  }

  /** Judged with other numbers. */
  public TraceReplay(Trace trace, Tuning tuning) {
    this.trace = trace;
    Past past = Past.of(tuning, 0, trace.week(), trace.reference(), trace.recent());
    Spending spending = Spending.shared(FALSE_ROLLBACK, trace.watchesIssues() ? 2 : 1, stages());
    Tolerance tolerance = Tolerance.DEFAULT;
    judges.add(
        new Judge(
            new SequentialTest(tuning, tolerance, spending, past, Baseline.SAME_HOUR), false));
    if (trace.watchesIssues()) {
      Past before = past.withoutErrors();
      judges.add(
          new Judge(
              new SequentialTest(tuning, tolerance, spending, before, Baseline.EARLIER_STAGES),
              true));
    }
  }

  private List<JudgedStage> stages() {
    return trace.stages().stream()
        .map(
            stage ->
                new JudgedStage(
                    (int) (stage.seconds() / stage.interval()), stage.percent() < EVERYBODY, false))
        .toList();
  }

  /** The second of the look that took the rollout back; empty when none did. */
  public Optional<Double> rolledBackAt() {
    double before = 0;
    for (Trace.Look look : trace.looks()) {
      boolean breached = false;
      for (Judge judge : judges) {
        breached |= judge.look(counts(look, look.at() - before, judge.ofIssues)).breached();
      }
      if (breached) {
        return Optional.of(look.at());
      }
      before = look.at();
    }
    return Optional.empty();
  }

  /** Every look of the judge of errors, breached or not. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    double before = 0;
    for (Trace.Look look : trace.looks()) {
      steps.add(judges.get(0).look(counts(look, look.at() - before, false)));
      before = look.at();
    }
    return steps;
  }

  private static Counts counts(Trace.Look look, double seconds, boolean ofIssues) {
    if (!ofIssues) {
      return new Counts(
          look.stage(), look.at(), seconds, look.treated(), look.control(), look.reference());
    }
    return new Counts(
        look.stage(),
        look.at(),
        seconds,
        new Arm(look.treatedIssues(), look.treated().requests()),
        new Arm(look.controlIssues(), look.control().requests()),
        Arm.MISSING);
  }
}
