package rollout.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import rollout.judge.Measurement;
import rollout.judge.sequential.Past;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.RolloutId;
import rollout.plan.diff.Change;

/**
 * Something that happened to a rollout. The journal is a list of these and nothing else is kept;
 * their simple names are the {@code type} of the contract's {@code history -o json}.
 */
public sealed interface Event {
  /** When, by the clock of the process that recorded it. */
  Instant at();

  /**
   * The first event of every rollout; carries all that later commands need.
   *
   * @param plan frozen: editing the file changes nothing
   * @param program name and version of what wrote this
   * @param sandbox whether it ran against the embedded servers
   * @param overrides names of the checks a person set aside
   */
  record Started(
      Instant at,
      RolloutId rollout,
      FlagName flag,
      Plan plan,
      Actor actor,
      Optional<String> reason,
      String program,
      boolean sandbox,
      List<String> overrides)
      implements Event {
    public Started {
      overrides = List.copyOf(overrides);
    }

    /** The same beginning, with the plan that is in force now. */
    Started with(Plan other) {
      return new Started(at, rollout, flag, other, actor, reason, program, sandbox, overrides);
    }
  }

  /**
   * A person set aside what a check had found; it counts no more in this rollout, what is found
   * later does.
   *
   * @param check its key in {@link Checks}
   */
  record Overridden(
      Instant at, String check, List<Obstacle> findings, Actor actor, Optional<String> reason)
      implements Event {
    public Overridden {
      findings = List.copyOf(findings);
    }
  }

  /** The gates an environment had before our first write to it. */
  record GatesRecorded(Instant at, String environment, GateState gates) implements Event {}

  /**
   * A person replaced the frozen plan (invariant I10).
   *
   * @param plan the one that is in force from here on
   * @param digestBefore of the plan it replaces
   * @param digestAfter of this plan
   * @param changes what they differ in; at least one
   * @param beginsAnew what is watched, or how, is another: only new looks count
   */
  record Replanned(
      Instant at,
      Plan plan,
      String digestBefore,
      String digestAfter,
      List<Change> changes,
      boolean beginsAnew,
      Actor actor,
      String reason)
      implements Event {
    public Replanned {
      changes = List.copyOf(changes);
    }

    /** Whether the rollout may be held less closely than before: an override by a person. */
    public boolean loosens() {
      return changes.stream().anyMatch(Change::loosens);
    }
  }

  /** How far this rollout may go for now; empty = to the end. */
  record LimitSet(Instant at, Optional<String> stage, Actor actor) implements Event {}

  /** The rollout turned to a stage; nothing was written yet. */
  record StageEntered(Instant at, String stage, List<String> environments) implements Event {
    public StageEntered {
      environments = List.copyOf(environments);
    }
  }

  /**
   * The flag is about to be enabled for the token's own user.
   *
   * @param actorGate such as {@code User:42}
   */
  record MarkerIntended(Instant at, String environment, String actorGate) implements Event {}

  /** The marker is in force. */
  record MarkerConfirmed(Instant at, String environment, GateState gates) implements Event {}

  /**
   * A raise is about to be sent. Durable before the request goes out.
   *
   * @param expected all gates as they must be found just before
   * @param target all gates as they will be when it worked
   */
  record ExposureIntended(
      Instant at,
      String stage,
      String environment,
      Exposure exposure,
      GateState expected,
      GateState target)
      implements Event {}

  /**
   * The flag was seen as intended.
   *
   * @param adopted it was found so; nothing was sent
   */
  record ExposureConfirmed(
      Instant at,
      String stage,
      String environment,
      Exposure exposure,
      GateState gates,
      boolean adopted)
      implements Event {}

  /**
   * GitLab did not do what was asked, or did not say whether it did.
   *
   * @param retryAt not before
   */
  record AttemptFailed(
      Instant at,
      String environment,
      Attempt attempt,
      Failure failure,
      String reason,
      Instant retryAt)
      implements Event {}

  /** GitLab answers again, after it had failed us. */
  record Answered(Instant at, String environment) implements Event {}

  /** Every process of GitLab has seen the write by now: the bake clock starts. */
  record StageVerified(Instant at, String stage, List<String> environments, Exposure exposure)
      implements Event {
    public StageVerified {
      environments = List.copyOf(environments);
    }
  }

  /**
   * The sources answered one look.
   *
   * @param look its number in the stage, from 1
   * @param dueAt the moment it stands for
   */
  record Measured(
      Instant at, String stage, long look, Instant dueAt, List<Measurement> measurements)
      implements Event {
    public Measured {
      measurements = List.copyOf(measurements);
    }
  }

  /**
   * The look before it was judged.
   *
   * @param compared what comparisons remember after it; those that counted nothing are left out
   */
  record Judged(
      Instant at,
      String stage,
      long look,
      Instant dueAt,
      List<Finding> findings,
      List<Compared> compared)
      implements Event {
    public Judged {
      findings = List.copyOf(findings);
      compared = List.copyOf(compared);
    }

    /** One in which nothing was compared. */
    public Judged(Instant at, String stage, long look, Instant dueAt, List<Finding> findings) {
      this(at, stage, look, dueAt, findings, List.of());
    }
  }

  /**
   * What a service was like before the rollout, which a comparison has to know; read once.
   *
   * @param past of all requests that the guardrail counts, with the flag or without
   */
  record PastRead(Instant at, String guardrail, String environment, Past past) implements Event {}

  /**
   * What a service was like before could not be read.
   *
   * @param retryAt asked again then
   */
  record PastUnread(
      Instant at, String guardrail, String environment, String reason, Instant retryAt)
      implements Event {}

  /** A guardrail that only warns failed; said once until it passes again. */
  record Warned(Instant at, String stage, String guardrail, String reason) implements Event {}

  /** The bake is over and clear; a person is asked. */
  record ApprovalAsked(Instant at, String stage, String question) implements Event {}

  /** A person said yes. */
  record Approved(Instant at, String stage, Actor actor, Optional<String> reason)
      implements Event {}

  /** A person skipped what was left of a stage's bake and evidence. */
  record Promoted(Instant at, String stage, Actor actor, Optional<String> reason)
      implements Event {}

  /** A stage is done. */
  record StagePassed(Instant at, String stage, List<String> environments, Exposure exposure)
      implements Event {
    public StagePassed {
      environments = List.copyOf(environments);
    }
  }

  /** The rollout stops advancing; the watch goes on. */
  record Held(Instant at, HoldKind kind, String reason, Actor actor) implements Event {}

  /**
   * Holds were lifted.
   *
   * @param adopted what was in force was taken as the start, by environment; empty unless a person
   *     asked for it
   */
  record Resumed(
      Instant at,
      List<HoldKind> lifted,
      Optional<String> reason,
      Actor actor,
      java.util.Map<String, GateState> adopted)
      implements Event {
    public Resumed {
      lifted = List.copyOf(lifted);
      adopted = java.util.Map.copyOf(adopted);
    }
  }

  /** The flag is not what was last confirmed. */
  record DriftSeen(Instant at, String environment, GateState expected, GateState actual)
      implements Event {}

  /**
   * Exposure goes back; from here on nothing of ours widens it.
   *
   * @param stage the one that failed
   * @param exposure what was in force or on its way in that stage
   * @param environments those that are switched off
   * @param guardrail the one that failed; empty when somebody switched the flag off elsewhere
   * @param reason one line with value, limit, window, looks
   */
  record RollbackDecided(
      Instant at,
      Cause cause,
      String stage,
      Exposure exposure,
      List<String> environments,
      Optional<String> guardrail,
      String reason,
      Optional<Double> value,
      Optional<Double> limit)
      implements Event {
    public RollbackDecided {
      environments = List.copyOf(environments);
    }
  }

  /** Why exposure goes back. */
  enum Cause {
    /** A guardrail failed, or evidence stayed away and the plan says to go back then. */
    GUARDRAIL,
    /** Somebody switched the flag off without this program: it stays off. */
    STOPPED_ELSEWHERE
  }

  /** A person ends the rollout; the fence that stops every runner. */
  record AbortRequested(Instant at, List<String> environments, Actor actor, Optional<String> reason)
      implements Event {
    public AbortRequested {
      environments = List.copyOf(environments);
    }
  }

  /** GitLab answered a {@code false} with a flag that is off. */
  record SwitchedOff(Instant at, String environment) implements Event {}

  /** No write of ours can switch the flag on again there. */
  record Sealed(Instant at, String environment) implements Event {}

  /**
   * The gates from before are about to be put back. Durable before the request goes out.
   *
   * @param gates actors and groups only, never our marker
   */
  record BaselineIntended(Instant at, String environment, GateState gates) implements Event {}

  /**
   * The gates from before are in force again.
   *
   * @param gates all gates as they are now
   * @param left what of them could not be put back, by name and why
   */
  record BaselineRestored(Instant at, String environment, GateState gates, List<String> left)
      implements Event {
    public BaselineRestored {
      left = List.copyOf(left);
    }
  }

  /**
   * The gates from before are not put back, or nobody knows; nothing more is sent.
   *
   * @param gates those that a person may want to set by hand
   */
  record BaselineLeft(Instant at, String environment, GateState gates, String reason)
      implements Event {}

  /** Every environment in scope is sealed after a rollback. */
  record RolledBack(Instant at, String reason) implements Event {}

  /** Every environment in scope is sealed after an abort, ours or somebody else's. */
  record Aborted(Instant at, String reason) implements Event {}

  /** The last stage passed. */
  record Completed(Instant at) implements Event {}
}
