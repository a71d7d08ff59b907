package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.RolloutId;

/** What the machine is told. Time arrives inside. */
public sealed interface Input {
  /** Now, by the clock of the shell. */
  Instant at();

  /** Begin. */
  record Start(
      Instant at,
      RolloutId rollout,
      FlagName flag,
      Plan plan,
      Actor actor,
      Optional<String> reason,
      String program,
      boolean sandbox,
      List<Override> overrides,
      Optional<String> limit)
      implements Input {}

  /**
   * A check that a person set aside, with what it had found.
   *
   * @param check its key in {@link Checks}
   */
  record Override(String check, List<Obstacle> findings) {
    public Override {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Go on with whatever the phase waits for.
   *
   * @param fresh the first of a process that begins to drive: what waits for its next try, because
   *     GitLab failed another process, is tried at once
   */
  record Tick(Instant at, boolean fresh) implements Input {
    /** A tick of a process that has been driving. */
    public Tick(Instant at) {
      this(at, false);
    }
  }

  /** The flag as a read shows it, perhaps stale. */
  record ExposureRead(Instant at, String environment, GateState gates) implements Input {}

  /** The flag as reads of all cells of a stage show it, once a write must show in each. */
  record StageRead(Instant at, Map<String, GateState> gates) implements Input {
    public StageRead {
      gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
    }
  }

  /** The flag as the answer to a write of ours shows it. */
  record ExposureSet(Instant at, String environment, GateState gates) implements Input {}

  /**
   * The flag as the answer to the return of its former gates shows it.
   *
   * @param left what could not be put back, by name and why
   */
  record BaselineSet(Instant at, String environment, GateState gates, List<String> left)
      implements Input {
    public BaselineSet {
      left = List.copyOf(left);
    }
  }

  /** The flag as the answer to our marker shows it, or as it was found with the marker. */
  record Marked(Instant at, String environment, GateState gates) implements Input {}

  /** Whose token this is; {@code actorGate} such as {@code User:42}. */
  record Identified(Instant at, String environment, String actorGate) implements Input {}

  /**
   * The sources answered.
   *
   * @param looks by the looks' numbers, oldest first
   * @param more whether some that were asked for are left for the next time, because a source was
   *     too slow for them
   */
  record Measured(Instant at, String stage, List<Answered> looks, boolean more) implements Input {
    public Measured {
      looks = List.copyOf(looks);
    }

    /** The answers to all looks that were asked for. */
    public Measured(Instant at, String stage, List<Answered> looks) {
      this(at, stage, looks, false);
    }
  }

  /** The answers to one look. */
  record Answered(long number, Instant dueAt, List<Measurement> measurements) {}

  /**
   * The source answered for what was before the rollout.
   *
   * @param answers to the series that were asked for, in that order, up to the first that the
   *     source did not answer
   */
  record PastRead(Instant at, String guardrail, String environment, List<PastAnswer> answers)
      implements Input {
    public PastRead {
      answers = List.copyOf(answers);
    }
  }

  /**
   * What one series of the past is.
   *
   * @param readings one for each of its windows, up to the first that the source did not answer
   */
  record PastAnswer(Effect.Series asked, List<Reading> readings) {
    public PastAnswer {
      readings = List.copyOf(readings);
    }
  }

  /**
   * What stands against a raise now.
   *
   * @param askedAt when the first of the questions was sent
   * @param answers one for each check that the plan asks for
   */
  record CalendarRead(Instant at, Instant askedAt, List<CalendarAnswer> answers) implements Input {
    public CalendarRead {
      answers = List.copyOf(answers);
    }
  }

  /**
   * The answer to one check.
   *
   * @param check its key in {@link Checks}
   * @param obstacles all that were found, those that were set aside among them
   * @param silence why nobody knows; empty when it was answered
   */
  record CalendarAnswer(String check, List<Obstacle> obstacles, Optional<String> silence) {
    public CalendarAnswer {
      obstacles = List.copyOf(obstacles);
    }
  }

  /**
   * GitLab failed us.
   *
   * @param retryAfter what it asked for
   */
  record PortFailed(
      Instant at,
      String environment,
      Attempt attempt,
      Failure failure,
      String reason,
      Optional<Duration> retryAfter)
      implements Input {}

  /**
   * A person ends the rollout.
   *
   * @param environments those that are switched off
   */
  record Abort(Instant at, List<String> environments, Actor actor, Optional<String> reason)
      implements Input {}

  /** A person, or a signal to the process, stops the advance. */
  record Hold(Instant at, HoldKind kind, String reason, Actor actor) implements Input {}

  /**
   * Go on: lifts these kinds of holds, if they hold.
   *
   * @param adopt what is in force, by environment, is taken as the start
   */
  record Resume(
      Instant at,
      List<HoldKind> lift,
      Map<String, GateState> adopt,
      Optional<String> reason,
      Actor actor)
      implements Input {}

  /** How far the rollout may go for now. */
  record Limit(Instant at, Optional<String> stage, Actor actor) implements Input {}

  /** A person says yes to what a stage asks. */
  record Approve(Instant at, String stage, Actor actor, Optional<String> reason) implements Input {}

  /** A person skips the rest of the bake. */
  record Promote(Instant at, Actor actor, Optional<String> reason) implements Input {}

  /**
   * A person replaces the frozen plan.
   *
   * @param digestBefore of the plan in force
   * @param digestAfter of the other
   */
  record Replan(
      Instant at, Plan plan, String digestBefore, String digestAfter, Actor actor, String reason)
      implements Input {}

  /** The off–wait–off protocol, driven by an abort of its own, is over in one environment. */
  record SealedElsewhere(Instant at, String environment) implements Input {}
}
