package rollout.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.judge.Measurement;
import rollout.plan.Window;

/**
 * A look of the past, judged once more by the plan that was in force then, from the readings that
 * the journal holds.
 *
 * @param seq the number of its {@link Event.Judged} in the history
 * @param before the state it was judged in
 * @param asked what it asked for; its windows follow from the events before
 * @param measured what the sources said
 * @param stored the verdicts that the journal holds
 * @param decided what follows from the readings: verdicts first, then what they lead to
 */
public record LookAgain(
    long seq,
    RolloutState before,
    Look asked,
    Event.Measured measured,
    Event.Judged stored,
    List<Event> decided) {
  public LookAgain {
    decided = List.copyOf(decided);
  }

  /**
   * The look whose verdicts are the event with this number.
   *
   * @return empty when the event before it is not what was measured in that look
   */
  static Optional<LookAgain> of(List<Event> events, int seq) {
    int index = seq - 1;
    if (index < 2
        || !(events.get(index) instanceof Event.Judged judged)
        || !(events.get(index - 1) instanceof Event.Measured measured)) {
      return Optional.empty();
    }
    RolloutState before = RolloutState.fold(events.subList(0, index - 1));
    return before
        .watch()
        .map(
            watch ->
                new LookAgain(
                    seq,
                    before,
                    Advancing.look(before, watch, judged.look()),
                    measured,
                    judged,
                    Decider.decide(before, input(measured)).events()));
  }

  private static Input input(Event.Measured measured) {
    Input.Answered look =
        new Input.Answered(measured.look(), measured.dueAt(), measured.measurements());
    return new Input.Measured(measured.at(), measured.stage(), List.of(look));
  }

  /** What the guardrails had shown once this look was counted. */
  public Watch after() {
    return before.apply(measured).apply(stored).watch().orElseThrow();
  }

  /** The verdicts that come out now, by guardrail. */
  public List<Finding> again() {
    return decided.stream()
        .filter(Event.Judged.class::isInstance)
        .flatMap(one -> ((Event.Judged) one).findings().stream())
        .toList();
  }

  /** What one guardrail's source said, by environment. */
  public List<Measurement> measurements(String guardrail) {
    return measured.measurements().stream()
        .filter(one -> one.guardrail().equals(guardrail))
        .toList();
  }

  /** What one guardrail asked for; empty when the plan asks nothing by this name. */
  public Optional<Look.Inquiry> asked(Measurement measurement) {
    return asked.inquiries().stream()
        .filter(one -> one.guardrail().equals(measurement.guardrail()))
        .filter(one -> measurement.environment().map(one.environment()::equals).orElse(true))
        .findFirst();
  }

  /** Everything of the look that comes out otherwise, in the order of the verdicts. */
  public List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    for (Measurement one : measured.measurements()) {
      Optional<Look.Inquiry> asked = asked(one);
      String window = asked.map(inquiry -> inquiry.window().toString()).orElse("");
      if (!window.equals(one.window().toString())) {
        differences.add(new Difference(one.guardrail(), "window", one.window().toString(), window));
      }
    }
    List<String> judged = stored.findings().stream().map(Finding::guardrail).toList();
    stored.findings().forEach(one -> compare(one, again(one.guardrail()), differences));
    again().stream()
        .filter(one -> !judged.contains(one.guardrail()))
        .forEach(
            one ->
                differences.add(new Difference(one.guardrail(), "verdict", "", one.kind().name())));
    if (!again().isEmpty() && !remembered().equals(stored.compared())) {
      differences.add(new Difference("comparisons", "state", "one", "another"));
    }
    return differences;
  }

  /** What comparisons remember after it, as it comes out now. */
  private List<Compared> remembered() {
    return decided.stream()
        .filter(Event.Judged.class::isInstance)
        .flatMap(one -> ((Event.Judged) one).compared().stream())
        .toList();
  }

  private static String words(Window window) {
    return window.from() + " to " + window.to();
  }

  private Optional<Finding> again(String guardrail) {
    return again().stream().filter(one -> one.guardrail().equals(guardrail)).findFirst();
  }

  private static void compare(
      Finding stored, Optional<Finding> again, List<Difference> differences) {
    if (again.isEmpty()) {
      differences.add(new Difference(stored.guardrail(), "verdict", stored.kind().name(), ""));
      return;
    }
    Parts.differing(stored, again.get())
        .forEach(
            part ->
                differences.add(
                    new Difference(
                        stored.guardrail(),
                        part.name().equals("kind") ? "verdict" : part.name(),
                        part.one(),
                        part.other())));
  }

  /** The moment it stands for. */
  public Instant dueAt() {
    return stored.dueAt();
  }
}
