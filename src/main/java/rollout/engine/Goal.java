package rollout.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import rollout.core.EnvironmentState;
import rollout.core.HoldKind;
import rollout.core.Phase;
import rollout.core.RolloutState;
import rollout.core.Trouble;

/** What a command drives a rollout towards. */
public interface Goal {
  /** Why a command stops driving. */
  enum Reached {
    /** The rollout ended, whichever way. */
    END,
    /** What was asked for has been done. */
    DONE,
    /** It does not go on without a person. */
    WAITS_FOR_A_PERSON,
    /** It goes on by itself when a window opens. */
    WAITS_FOR_A_WINDOW,
    /** GitLab has been silent for too long. */
    SILENT,
    /** All that is due has been done; the time given is over. */
    TIME_IS_UP
  }

  /**
   * Whether it is enough.
   *
   * @param idle nothing more is due now
   */
  Optional<Reached> reached(RolloutState state, Instant now, boolean idle);

  /** Whether a server or a journal that stays silent for too long ends it in this state. */
  default boolean givesUp(RolloutState state) {
    return false;
  }

  /** The moment to look again even if nothing is due. */
  default Instant deadline() {
    return Instant.MAX;
  }

  /** Until the rollout has ended. */
  static Goal end() {
    return (state, now, idle) ->
        state.phase().isEnd() ? Optional.of(Reached.END) : Optional.empty();
  }

  /** Until this stage has passed, what follows from it is recorded, and nothing is taken back. */
  static Goal passed(String stage) {
    return (state, now, idle) ->
        idle && state.passed().contains(stage) && state.takeBack().isEmpty()
            ? Optional.of(Reached.DONE)
            : Optional.empty();
  }

  /** All that is due now; a rollback that has begun is seen to its end. */
  static Goal due() {
    return (state, now, idle) ->
        idle && !state.mustBeSeenThrough() ? Optional.of(Reached.TIME_IS_UP) : Optional.empty();
  }

  /**
   * Until GitLab has been silent for too long where it is needed: for a raise, or to take one back.
   *
   * @param whateverIsOn whether that counts while something is on, too
   */
  static Goal silent(boolean whateverIsOn) {
    return new Goal() {
      private final Map<String, Integer> attemptsBefore = new HashMap<>();

      @Override
      public Optional<Reached> reached(RolloutState state, Instant now, boolean idle) {
        boolean silent = false;
        for (Map.Entry<String, EnvironmentState> one : state.environments().entrySet()) {
          silent |=
              one.getValue()
                  .trouble()
                  .filter(t -> isSilent(one.getKey(), t, state, now))
                  .isPresent();
        }
        return idle && silent && givesUp(state) ? Optional.of(Reached.SILENT) : Optional.empty();
      }

      /** A rollback is tried at least once more by every command before it gives up. */
      private boolean isSilent(String name, Trouble trouble, RolloutState state, Instant now) {
        int before = attemptsBefore.computeIfAbsent(name, key -> trouble.attempts());
        boolean tried = state.takeBack().isEmpty() || trouble.attempts() > before;
        return tried && isOver(state, trouble.since(), now);
      }

      @Override
      public boolean givesUp(RolloutState state) {
        return whateverIsOn || !state.isAnythingOn() && state.takeBack().isEmpty();
      }
    };
  }

  /** Whether what fell silent then has been so for longer than the plan's budget. */
  static boolean isOver(RolloutState state, Instant silentSince, Instant now) {
    return silentSince.plus(state.plan().safety().gitlabBudget()).isBefore(now);
  }

  /** Until nothing that this process does could make it go on. */
  static Goal unlessHeld() {
    return (state, now, idle) -> {
      if (idle && state.phase() == Phase.AWAITING_WINDOW) {
        return Optional.of(Reached.WAITS_FOR_A_WINDOW);
      }
      boolean waits =
          state.phase() == Phase.AWAITING_APPROVAL
              || state.phase() == Phase.HELD && !state.isOnlyAtLimit();
      return idle && waits ? Optional.of(Reached.WAITS_FOR_A_PERSON) : Optional.empty();
    };
  }

  /** Until it is held in a way that only a person can lift. */
  static Goal heldByAPerson() {
    return (state, now, idle) -> {
      boolean held =
          state.holds().keySet().stream()
              .anyMatch(kind -> !kind.liftsItself() && kind != HoldKind.LIMIT);
      return idle && held && !state.mustBeSeenThrough()
          ? Optional.of(Reached.WAITS_FOR_A_PERSON)
          : Optional.empty();
    };
  }

  /** Until this moment; what is due then is still done, and a rollback is seen to its end. */
  static Goal until(Instant deadline) {
    return new Goal() {
      @Override
      public Optional<Reached> reached(RolloutState state, Instant now, boolean idle) {
        return idle && !now.isBefore(deadline) && !state.mustBeSeenThrough()
            ? Optional.of(Reached.TIME_IS_UP)
            : Optional.empty();
      }

      @Override
      public Instant deadline() {
        return deadline;
      }
    };
  }

  /** Either of two, the first one's word counts. */
  default Goal or(Goal other) {
    Goal first = this;
    return new Goal() {
      @Override
      public Optional<Reached> reached(RolloutState state, Instant now, boolean idle) {
        return first.reached(state, now, idle).or(() -> other.reached(state, now, idle));
      }

      @Override
      public boolean givesUp(RolloutState state) {
        return first.givesUp(state) || other.givesUp(state);
      }

      @Override
      public Instant deadline() {
        return first.deadline().isBefore(other.deadline()) ? first.deadline() : other.deadline();
      }
    };
  }
}
