package rollout.report;

import java.util.Comparator;
import java.util.List;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.core.TakeBack;

/** How a command ends, as the contract numbers it. The order here is from the gravest down. */
public enum ExitCode {
  /** The flag may still be on. */
  NOT_VERIFIED(30),
  /** A bug in this program. */
  INTERNAL(1),
  /** Taken back by a guardrail, verified off. */
  ROLLED_BACK(20),
  /** Ended by a person, here or elsewhere, verified off. */
  ABORTED(21),
  /** GitLab or the state store did not answer for too long; exposure was not raised. */
  SILENT(6),
  /** Does not advance: a person has to act, or evidence stayed away. */
  HELD(4),
  /** The command or the plan is wrong; nothing was changed. */
  USAGE(2),
  /** Preflight or the order of things says no, or there is no such rollout. */
  REFUSED(3),
  /** Somebody else drives this rollout; nothing was changed. */
  OTHER_RUNNER(5),
  /** On its way and healthy. */
  IN_PROGRESS(7),
  /** Done as asked. */
  OK(0);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** What the process ends with. */
  public int number() {
    return number;
  }

  /** What counts for several flags; {@link #OK} when there are none. */
  public static ExitCode gravest(List<ExitCode> codes) {
    return codes.stream().min(Comparator.naturalOrder()).orElse(OK);
  }

  /** What the rollout would give if a command that drives it ended now. */
  public static ExitCode of(RolloutState state) {
    if (state.end().isPresent()) {
      return ofEnd(state.end().get().phase());
    }
    if (state.takeBack().isPresent()) {
      return ofTakeBack(state.takeBack().get());
    }
    boolean waitsForPerson =
        state.phase() == Phase.AWAITING_APPROVAL && !state.progress().approved();
    boolean held = state.phase() == Phase.HELD && !state.isOnlyAtLimit();
    return held || waitsForPerson ? HELD : IN_PROGRESS;
  }

  private static ExitCode ofEnd(Phase phase) {
    return switch (phase) {
      case COMPLETED -> OK;
      case ROLLED_BACK -> ROLLED_BACK;
      case ABORTED -> ABORTED;
      default -> throw new AssertionError(phase + " is no end");
    };
  }

  private static ExitCode ofTakeBack(TakeBack back) {
    if (!back.isOff()) {
      return NOT_VERIFIED;
    }
    return back.byPerson() ? ABORTED : ROLLED_BACK;
  }
}
