package rollout.cli;

import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import rollout.core.Hold;
import rollout.core.HoldKind;
import rollout.core.RolloutState;
import rollout.report.Escape;
import rollout.report.Invocation;

/** Which holds a command passes by, and what is said of those that it does not. */
final class Holds {
  /** Only a person's {@code resume} lifts these. */
  static final Set<HoldKind> A_PERSONS =
      EnumSet.of(
          HoldKind.PERSON,
          HoldKind.DRIFT,
          HoldKind.BREACH,
          HoldKind.EXTENSION_SPENT,
          HoldKind.REFUSED);

  private Holds() {}

  /** The hold that stops {@code start} and {@code stage}, if there is one. */
  static Optional<Hold> stopping(RolloutState state) {
    return state.holds().values().stream()
        .filter(hold -> A_PERSONS.contains(hold.kind()))
        .findFirst();
  }

  /** How to go on from a hold. */
  static String howToGoOn(RolloutState state, Hold hold, Invocation invocation) {
    String flag = state.flag().value();
    String resume =
        hold.kind() == HoldKind.DRIFT
            ? invocation.line("resume", flag, "--adopt", "--reason", "TEXT")
            : invocation.line("resume", flag, "--reason", "TEXT");
    return state.flag()
        + " is held since "
        + hold.since().truncatedTo(ChronoUnit.SECONDS)
        + ": "
        + Escape.line(hold.reason())
        + ".\nGo on: "
        + resume
        + "\nSwitch off: "
        + invocation.line("abort", flag);
  }
}
